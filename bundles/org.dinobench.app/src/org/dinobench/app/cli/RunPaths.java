package org.dinobench.app.cli;

import java.nio.file.Path;
import org.dinobench.core.workspace.RunDirectory;

/** A run may be named by its folder or by its name in the workspace. */
final class RunPaths {
    private RunPaths() {}

    /** The folder of an existing run, or where a new one of that name would be. */
    static Path of(String run, WorkspaceOption workspace) {
        Path direct = Path.of(run).toAbsolutePath().normalize();
        boolean isPath = RunDirectory.isRun(direct)
                || Path.of(run).getNameCount() > 1
                || Path.of(run).isAbsolute();
        return isPath ? direct : workspace.folder().resolve("runs").resolve(run);
    }
}
