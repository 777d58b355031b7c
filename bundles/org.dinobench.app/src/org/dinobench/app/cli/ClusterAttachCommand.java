package org.dinobench.app.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.dinobench.core.workspace.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cluster attach RUN}: follows a run that another machine computes. */
@Command(
        name = "attach",
        description = "Follow a run that another machine computes, from where its files here end. Ctrl-C ends the"
                + " following, not the run.")
final class ClusterAttachCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--once", description = "Fetch what is new, hand requests over, and end.")
    private boolean once;

    @Parameters(index = "0", paramLabel = "RUN", description = "Name of a run in the workspace, or its folder.")
    private String run;

    ClusterAttachCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory directory = RunDirectory.open(RunPaths.of(run, workspaceOption));
        RemoteTraining training = new RemoteTraining(console, output);
        return once ? training.look(directory) : training.follow(directory);
    }
}
