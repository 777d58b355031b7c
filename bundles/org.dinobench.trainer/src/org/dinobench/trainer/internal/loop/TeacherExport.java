package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.dinobench.model.ModelFiles;
import org.dinobench.trainer.step.HeadedNetwork;

/** Writes the backbone of the moving average as one safetensors file that says itself what shape it has. */
final class TeacherExport {
    /** Name of the file in the run's {@code teacher} folder. */
    static final String FILE = "model.safetensors";

    private TeacherExport() {}

    /**
     * Writes the file, to be opened by {@link ModelFiles#open}.
     *
     * @return the file
     */
    static Path write(Path folder, HeadedNetwork network, long step) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        ModelFiles.write(file, network.backbone(), Map.of("step", Long.toString(step)));
        return file;
    }
}
