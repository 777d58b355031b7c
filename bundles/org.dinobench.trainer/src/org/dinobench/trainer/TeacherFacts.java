package org.dinobench.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.CheckpointNames;
import org.dinobench.model.DinoHead;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.HeadFiles;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.format.IndexedSafetensors;
import org.dinobench.torch.format.PthReader;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.ShardedTensors;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.trainer.step.ModelShape;

/**
 * What a student has to share with a teacher, read from names and shapes alone: no weights are loaded.
 *
 * @param patch side of the teacher's patches
 * @param dinoPrototypes prototypes of the head of its class tokens; empty when it brings no head
 * @param ibotPrototypes prototypes of the head of its patches, which may be the same head; empty when it brings none
 * @param width of its tokens
 * @param parameters of its backbone, and of its heads where it brings them
 */
public record TeacherFacts(
        int patch, OptionalInt dinoPrototypes, OptionalInt ibotPrototypes, int width, long parameters) {
    private static final String WEIGHTS = "model.safetensors";

    /**
     * Looks at a teacher.
     *
     * @param source a run, a checkpoint folder, a folder of the transformers library, a safetensors or .pth file
     * @throws BadInputException when it is none of these or damaged
     */
    public static TeacherFacts of(Path source) throws IOException {
        if (RunDirectory.isRun(source)) {
            RunDirectory run = RunDirectory.open(source);
            TrainSpec spec = run.readSpec();
            Optional<CheckpointFolder> checkpoint = run.latestCheckpoint();
            ModelShape shape = ModelShape.of(spec);
            int patch = spec.student().patchSize();
            int width = shape.backbone().width();
            if (checkpoint.isPresent()) {
                OptionalInt dino = spec.dino().headNPrototypes();
                OptionalInt ibot = spec.ibot().separateHead() ? spec.ibot().headNPrototypes() : dino;
                return new TeacherFacts(patch, dino, ibot, width, count(shape, true));
            }
            return new TeacherFacts(patch, OptionalInt.empty(), OptionalInt.empty(), width, count(shape, false));
        }
        Path index = source.resolve("index.json");
        if (Files.isRegularFile(index)) {
            try (TensorFile tensors = ShardedTensors.open(source, Json.readObject(index))) {
                return of(source.toString(), tensors);
            }
        }
        if (Files.isRegularFile(source.resolve(IndexedSafetensors.INDEX))) {
            try (TensorFile tensors = IndexedSafetensors.open(source)) {
                return of(source.toString(), tensors);
            }
        }
        Path file = file(source);
        try (TensorFile tensors =
                file.toString().endsWith(".safetensors") ? Safetensors.open(file) : PthReader.open(file)) {
            return of(file.toString(), tensors);
        }
    }

    private static long count(ModelShape shape, boolean heads) {
        return shape.layout().entrySet().stream()
                .filter(unit -> heads || unit.getKey().startsWith(ModelShape.BACKBONE))
                .flatMap(unit -> unit.getValue().stream())
                .mapToLong(ParameterSpec::count)
                .sum();
    }

    private static Path file(Path source) {
        if (!Files.isDirectory(source)) {
            if (!Files.isRegularFile(source)) {
                throw new BadInputException(source.toString(), "there is no such file or folder", "check the path");
            }
            return source;
        }
        if (Files.isRegularFile(source.resolve(WEIGHTS))) {
            return source.resolve(WEIGHTS);
        }
        throw new BadInputException(
                source.toString(),
                "there is no model in this folder",
                "give a run, a checkpoint, or a folder with config.json and " + WEIGHTS);
    }

    private static TeacherFacts of(String where, TensorFile file) {
        Map<String, CheckpointNames.Source> names =
                CheckpointNames.official(file.entries().keySet());
        CheckpointNames.Source patch = names.get("patch_embed.proj.weight");
        List<Long> shape = patch == null
                ? List.of()
                : file.entries().get(patch.names().get(0)).shape();
        if (shape.size() != 4) {
            throw new BadInputException(
                    where, "it holds no vision transformer (no patch embedding)", "give a backbone's weights");
        }
        OptionalInt dino = prototypes(where, file, ModelShape.DINO_HEAD);
        OptionalInt ibot = prototypes(where, file, ModelShape.IBOT_HEAD);
        long backbone = names.values().stream()
                .flatMap(source -> source.names().stream())
                .mapToLong(name -> count(file, name))
                .sum();
        return new TeacherFacts(
                shape.get(3).intValue(),
                dino,
                ibot.isPresent() ? ibot : dino,
                shape.get(0).intValue(),
                backbone + heads(where, file));
    }

    private static long count(TensorFile file, String name) {
        return file.entries().get(name).shape().stream().reduce(1L, (a, b) -> a * b);
    }

    private static long heads(String where, TensorFile file) {
        return Stream.of(ModelShape.DINO_HEAD, ModelShape.IBOT_HEAD)
                .flatMap(head -> HeadFiles.find(where, file, head).stream())
                .map(HeadFiles::config)
                .mapToLong(head -> DinoHead.layout(head).stream()
                        .mapToLong(ParameterSpec::count)
                        .sum())
                .sum();
    }

    private static OptionalInt prototypes(String where, TensorFile file, String head) {
        return HeadFiles.find(where, file, head)
                .map(HeadFiles::config)
                .map(DinoHeadConfig::prototypes)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
