package org.dinobench.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.internal.OwnModelFile;

/** Opens whatever a person names as a model. */
public final class ModelFiles {
    private static final String TEACHER = "teacher/model.safetensors";
    private static final String MODEL = "model.safetensors";

    private ModelFiles() {}

    /**
     * Opens a run's folder (its exported teacher), a folder with {@code model.safetensors}, or such a file of ours.
     *
     * @throws BadInputException when there is no such file, or it is truncated, of another kind or of another shape
     */
    public static LoadedModel open(Path model) throws IOException {
        return OwnModelFile.open(file(model));
    }

    private static Path file(Path model) {
        if (Files.isRegularFile(model)) {
            return model;
        }
        if (!Files.exists(model)) {
            throw new BadInputException(
                    model.toString(), "there is no such file or folder", "name a run, a model folder or a model file");
        }
        return List.of(TEACHER, MODEL).stream()
                .map(model::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        model.toString(),
                        "the folder holds neither " + TEACHER + " nor " + MODEL,
                        "name a finished run, or a folder with a model in it"));
    }
}
