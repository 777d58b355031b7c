package org.dinobench.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;

/** The manifest of a dataset, or the one named. */
final class Manifests {
    private Manifests() {}

    /**
     * @param file null when a dataset is named instead
     * @throws BadInputException when there is none
     */
    static Path required(Path file, String dataset, WorkspaceOption workspace) {
        Path manifest = file != null
                ? file.toAbsolutePath()
                : workspace.open().dataset(dataset).required().manifestCsv();
        if (!Files.isRegularFile(manifest)) {
            throw new BadInputException(
                    manifest.toString(), "there is no such manifest", "import or curate a dataset first");
        }
        return manifest;
    }
}
