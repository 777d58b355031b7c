package org.dinobench.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.CheckpointNames;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.HeadFiles;
import org.dinobench.torch.format.PthReader;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.ShardedTensors;
import org.dinobench.torch.format.TensorFile;

/**
 * What a student has to share with a teacher, read from names and shapes alone: no weights are loaded.
 *
 * @param patch side of the teacher's patches
 * @param dinoPrototypes prototypes of the head of its class tokens; empty when it brings no head
 * @param ibotPrototypes prototypes of the head of its patches, which may be the same head; empty when it brings none
 */
public record TeacherFacts(int patch, OptionalInt dinoPrototypes, OptionalInt ibotPrototypes) {
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
            if (checkpoint.isPresent()) {
                OptionalInt dino = spec.dino().headNPrototypes();
                return new TeacherFacts(
                        spec.student().patchSize(),
                        dino,
                        spec.ibot().separateHead() ? spec.ibot().headNPrototypes() : dino);
            }
            return new TeacherFacts(spec.student().patchSize(), OptionalInt.empty(), OptionalInt.empty());
        }
        Path index = source.resolve("index.json");
        if (Files.isRegularFile(index)) {
            try (TensorFile tensors = ShardedTensors.open(source, Json.readObject(index))) {
                return of(source.toString(), tensors);
            }
        }
        Path file = file(source);
        try (TensorFile tensors =
                file.toString().endsWith(".safetensors") ? Safetensors.open(file) : PthReader.open(file)) {
            return of(file.toString(), tensors);
        }
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
        OptionalInt dino = prototypes(where, file, "dino_head");
        OptionalInt ibot = prototypes(where, file, "ibot_head");
        return new TeacherFacts(shape.get(3).intValue(), dino, ibot.isPresent() ? ibot : dino);
    }

    private static OptionalInt prototypes(String where, TensorFile file, String head) {
        return HeadFiles.find(where, file, head)
                .map(HeadFiles::config)
                .map(DinoHeadConfig::prototypes)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
