package org.dinobench.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.dinobench.core.workspace.Workspace;
import picocli.CommandLine.Option;

/** Which workspace a command works in. */
final class WorkspaceOption {
    /** The environment variable that names the usual workspace. */
    private static final String VARIABLE = "DINOBENCH_WORKSPACE";

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "The workspace folder; default: $DINOBENCH_WORKSPACE, else ~/dinobench-workspace.")
    private Path folder;

    /** The folder, whether it exists or not. */
    Path folder() {
        return Optional.ofNullable(folder)
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), "dinobench-workspace"))
                .toAbsolutePath()
                .normalize();
    }

    /** Opens the workspace beside others; it is made when it is not there. */
    Workspace open() {
        return Workspace.open(folder());
    }
}
