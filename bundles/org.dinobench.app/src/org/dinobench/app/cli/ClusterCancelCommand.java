package org.dinobench.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.workspace.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cluster cancel RUN}: ends a run that another machine computes, by force. */
@Command(
        name = "cancel",
        description = "End a run's job by force, losing what came after its last checkpoint; to end it in order, use"
                + " control RUN stop.")
final class ClusterCancelCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Parameters(index = "0", paramLabel = "RUN", description = "Name of a run in the workspace, or its folder.")
    private String run;

    ClusterCancelCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory directory = RunDirectory.open(RunPaths.of(run, workspaceOption));
        ClusterServices.runs(new InstalledProduct()).cancel(directory);
        output.print(
                console,
                List.of("The job of " + directory.name() + " was ended."),
                Json.object().put("run", directory.name()).put("cancelled", true));
        return 0;
    }
}
