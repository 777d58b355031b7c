package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.ModelShape;

/**
 * Opens the larger model that a distillation learns from. A run of ours brings its heads along, in its last checkpoint.
 * Other files hold a backbone only; their heads are made from its features, see {@link FeatureHeads}.
 */
final class FrozenTeacher {
    private static final String AVERAGE = "average.";

    private final TrainSpec spec;
    private final Path source;

    FrozenTeacher(TrainSpec spec) {
        this.spec = spec;
        this.source = Path.of(spec.distill().teacher().orElseThrow());
    }

    /**
     * The teacher, without gradients.
     *
     * @param images gives crops from which heads are made where the source has none
     * @param log hears where the heads come from
     * @throws BadInputException when the source cannot be read, or does not fit the student
     */
    HeadedNetwork open(CropStreamFactory images, RunLog log) throws IOException {
        Optional<CheckpointFolder> checkpoint =
                RunDirectory.isRun(source) ? RunDirectory.open(source).latestCheckpoint() : Optional.empty();
        if (checkpoint.isPresent() && checkpoint.get().shard(0, 1).toFile().isFile()) {
            HeadedNetwork teacher = withOwnHeads(
                    RunDirectory.open(source).readSpec(), checkpoint.get().shard(0, 1));
            log.line("Teacher " + teacher.shape().backbone().name() + " with the heads of its run " + source);
            return teacher;
        }
        try (LoadedModel loaded = ModelFiles.open(source)) {
            checkPatch(loaded.config());
            HeadedNetwork teacher = FeatureHeads.around(loaded, spec, images);
            log.line("Teacher " + loaded.config().name() + " from " + source
                    + "; it has no heads, so its prototypes are features of the training images");
            return teacher;
        }
    }

    private HeadedNetwork withOwnHeads(TrainSpec run, Path shard) throws IOException {
        ModelShape shape = ModelShape.of(run);
        checkPatch(shape.backbone());
        checkPrototypes(
                "dino.head_n_prototypes",
                shape.dinoHead().prototypes(),
                spec.dino().headNPrototypes().orElseThrow());
        int own = spec.ibot().separateHead()
                ? spec.ibot().headNPrototypes().orElseThrow()
                : spec.dino().headNPrototypes().orElseThrow();
        checkPrototypes("ibot.head_n_prototypes", shape.patchHead().prototypes(), own);
        Map<String, Tensor> state = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open();
                TensorFile file = Safetensors.open(shard)) {
            for (String name : file.entries().keySet()) {
                if (name.startsWith(AVERAGE)) {
                    state.put(name.substring(AVERAGE.length()), file.read(name));
                }
            }
            return frozen(shape, state);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    shard.toString(), "it does not fit its run (" + e.getMessage() + ")", "name another teacher", e);
        }
    }

    /** A network without gradients that holds these values. */
    static HeadedNetwork frozen(ModelShape shape, Map<String, Tensor> state) {
        try (FlatParameters values = FlatParameters.create(shape.layout(), ScalarType.Float, ComputeDevice.CPU, 1)) {
            values.load(new HashMap<>(state));
            return new HeadedNetwork(shape, values.likeTeacher());
        }
    }

    private void checkPatch(VitConfig teacher) {
        if (teacher.patch() != spec.student().patchSize()) {
            throw new BadInputException(
                    "student.patch_size",
                    "the teacher's patches have " + teacher.patch() + " pixels and the student's "
                            + spec.student().patchSize() + ", so they cannot be compared one by one",
                    "set it to " + teacher.patch());
        }
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
