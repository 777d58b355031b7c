package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.cluster.remote.RemoteRecord;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunState;
import org.dinobench.core.workspace.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code control RUN pause|resume|stop|checkpoint}: leaves a wish for a worker, which takes it within a second. */
@Command(name = "control", description = "Pause, resume or stop a run, or have it write a checkpoint now.")
final class ControlCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Parameters(index = "0", paramLabel = "RUN", description = "Name of a run in the workspace, or its folder.")
    private String run;

    @Parameters(index = "1", paramLabel = "WISH", description = "pause, resume, stop or checkpoint.")
    private String wish;

    ControlCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RunCommand command = RunCommand.of(wish);
        RunDirectory directory = RunDirectory.open(RunPaths.of(run, workspaceOption));
        RunState state = directory.status().state();
        if (!state.isAlive()) {
            throw new BadInputException(
                    "run " + directory.name(),
                    "it is " + state.word() + ", so nothing would take the wish",
                    "start it again with: ./dinobench train --resume --out " + directory.name());
        }
        directory.control().request(command);
        if (RemoteRecord.isRemote(directory)) {
            // handed over now, so that nobody needs to be following the run
            ClusterServices.runs(new InstalledProduct()).look(directory);
        }
        output.print(
                console,
                List.of("Asked " + directory.name() + " to " + command.word() + "."),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("run", directory.name())
                        .put("asked", command.word()));
        return 0;
    }
}
