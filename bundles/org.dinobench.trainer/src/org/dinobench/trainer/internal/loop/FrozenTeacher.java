package org.dinobench.trainer.internal.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.HeadFiles;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.PthReader;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.ShardedTensors;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.trainer.TeacherFacts;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.ModelShape;

/**
 * Opens the larger model that a distillation learns from. A run of ours brings its heads along, in its last checkpoint,
 * and so does an official training dump. Other files hold a backbone only; their heads are made from its features, see
 * {@link FeatureHeads}.
 */
final class FrozenTeacher {
    private static final String INDEX = "index.json";
    private static final String AVERAGE = "average.";

    private final TrainSpec spec;
    private final Path source;
    private Path file;

    FrozenTeacher(TrainSpec spec) {
        this.spec = spec;
        this.source = Path.of(spec.distill().teacher().orElseThrow());
    }

    /**
     * Compares the teacher with the student, from names and sizes alone.
     *
     * @throws BadInputException when there is no model, or it does not fit
     */
    void check() throws IOException {
        TeacherFacts facts = TeacherFacts.of(source);
        checkPatch(facts.patch());
        if (facts.dinoPrototypes().isPresent()) {
            checkPrototypes(
                    facts.dinoPrototypes().getAsInt(), facts.ibotPrototypes().getAsInt());
        }
    }

    /**
     * The teacher, without gradients.
     *
     * @param images gives crops from which heads are made where the source has none
     * @param log hears where the heads come from
     * @throws BadInputException when the source cannot be read, or does not fit the student
     */
    HeadedNetwork open(CropStreamFactory images, RunLog log) throws IOException {
        Optional<Path> checkpoint = checkpointOfRun();
        if (checkpoint.isPresent()) {
            Path folder = checkpoint.get();
            ObjectNode index = Json.readObject(folder.resolve(INDEX));
            // of many files the first one stands for the model
            file = folder.resolve("rank-0-of-" + index.path("ranks").asInt(1) + ".safetensors");
            Path run = folder.getParent().getParent();
            HeadedNetwork teacher = withOwnHeads(RunDirectory.open(run).readSpec(), folder, index);
            log.line("Teacher " + teacher.shape().backbone().name() + " with the heads of its run " + source);
            return teacher;
        }
        try (LoadedModel loaded = ModelFiles.open(source)) {
            file = loaded.source();
            checkPatch(loaded.config().patch());
            Optional<HeadedNetwork> dumped = withHeadsBeside(loaded);
            if (dumped.isPresent()) {
                log.line("Teacher " + loaded.config().name() + " with the heads in " + file);
                return dumped.get();
            }
            HeadedNetwork teacher = FeatureHeads.around(loaded, spec, images);
            log.line("Teacher " + loaded.config().name() + " from " + source
                    + "; it has no heads, so its prototypes are features of the training images");
            return teacher;
        }
    }

    /** The file that the teacher was read from; known once it is open. */
    Path file() {
        return file;
    }

    /** The checkpoint of a run of ours, named by the run or by itself. */
    private Optional<Path> checkpointOfRun() throws IOException {
        if (RunDirectory.isRun(source)) {
            return RunDirectory.open(source).latestCheckpoint().map(CheckpointFolder::folder);
        }
        Path folder = source.toAbsolutePath().normalize();
        Path run = folder.getNameCount() < 3 ? folder : folder.getParent().getParent();
        boolean complete = Files.isRegularFile(folder.resolve(INDEX));
        return complete && RunDirectory.isRun(run) ? Optional.of(folder) : Optional.empty();
    }

    /** The heads of an official training dump, which lie beside the backbone. */
    private Optional<HeadedNetwork> withHeadsBeside(LoadedModel loaded) throws IOException {
        String where = file.toString();
        try (TensorScope scope = TensorScope.open();
                TensorFile tensors = where.endsWith(".safetensors") ? Safetensors.open(file) : PthReader.open(file)) {
            Optional<HeadFiles> dino = HeadFiles.find(where, tensors, ModelShape.DINO_HEAD);
            if (dino.isEmpty()) {
                return Optional.empty();
            }
            Optional<HeadFiles> ibot = HeadFiles.find(where, tensors, ModelShape.IBOT_HEAD);
            ModelShape shape = new ModelShape(loaded.config(), dino.get().config(), ibot.map(HeadFiles::config));
            checkHeads(shape);
            Map<String, Tensor> state = new LinkedHashMap<>();
            loaded.parameters().state().forEach((name, value) -> state.put(ModelShape.BACKBONE + "." + name, value));
            dino.get().values().forEach((name, value) -> state.put(ModelShape.DINO_HEAD + "." + name, value));
            ibot.ifPresent(head ->
                    head.values().forEach((name, value) -> state.put(ModelShape.IBOT_HEAD + "." + name, value)));
            return Optional.of(frozen(shape, state));
        }
    }

    private HeadedNetwork withOwnHeads(TrainSpec run, Path folder, ObjectNode index) throws IOException {
        ModelShape shape = ModelShape.of(run);
        checkPatch(shape.backbone().patch());
        checkHeads(shape);
        Map<String, Tensor> state = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open();
                TensorFile tensors = ShardedTensors.open(folder, index)) {
            for (String name : tensors.entries().keySet()) {
                if (name.startsWith(AVERAGE)) {
                    state.put(name.substring(AVERAGE.length()), tensors.read(name));
                }
            }
            return frozen(shape, state);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    folder.toString(), "it does not fit its run (" + e.getMessage() + ")", "name another teacher", e);
        }
    }

    /** A network without gradients that holds these values. */
    static HeadedNetwork frozen(ModelShape shape, Map<String, Tensor> state) {
        try (FlatParameters values = FlatParameters.create(shape.layout(), ScalarType.Float, ComputeDevice.CPU, 1)) {
            values.load(new HashMap<>(state));
            return new HeadedNetwork(shape, values.likeTeacher());
        }
    }

    private void checkPatch(int teacher) {
        if (teacher != spec.student().patchSize()) {
            throw new BadInputException(
                    "student.patch_size",
                    "the teacher's patches have " + teacher + " pixels and the student's "
                            + spec.student().patchSize() + ", so they cannot be compared one by one",
                    "set it to " + teacher);
        }
    }

    private void checkHeads(ModelShape shape) {
        int width = shape.backbone().width();
        if (shape.dinoHead().input() != width || shape.patchHead().input() != width) {
            throw new BadInputException(
                    "distill.teacher",
                    file + ": its heads are for another width than the " + width + " of its backbone",
                    "name another teacher");
        }
        checkPrototypes(shape.dinoHead().prototypes(), shape.patchHead().prototypes());
    }

    private void checkPrototypes(int dino, int ibot) {
        int forImages = spec.dino().headNPrototypes().orElseThrow();
        checkPrototypes("dino.head_n_prototypes", dino, forImages);
        int forPatches =
                spec.ibot().separateHead() ? spec.ibot().headNPrototypes().orElseThrow() : forImages;
        checkPrototypes("ibot.head_n_prototypes", ibot, forPatches);
    }

    private static void checkPrototypes(String key, int teacher, int student) {
        if (teacher != student) {
            throw new BadInputException(
                    key,
                    "the teacher's head has " + teacher + " prototypes and the student's " + student,
                    "set it to " + teacher);
        }
    }

    /** Opens crops of the training images that are used for nothing else. */
    @FunctionalInterface
    interface CropStreamFactory {
        /** A stream from the beginning. */
        CropStream open();
    }
}
