package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.cluster.ProductProgram;
import org.dinobench.cluster.remote.RemoteRecord;
import org.dinobench.cluster.remote.RemoteRuns;
import org.dinobench.core.io.Json;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.workspace.RunDirectory;

/** A training that other machines compute, as commands start and follow it. */
final class RemoteTraining {
    private final Console console;
    private final ResultOutput output;
    private final RemoteRuns runs;

    RemoteTraining(Console console, ResultOutput output) {
        this(console, output, new InstalledProduct());
    }

    RemoteTraining(Console console, ResultOutput output, ProductProgram product) {
        this.console = console;
        this.output = output;
        this.runs = ClusterServices.runs(product);
    }

    /**
     * Starts a run.
     *
     * @param profile file of the profile
     * @param detach whether to leave it alone then; otherwise it is followed to its end
     * @return the exit code
     */
    int start(Path profile, RunDirectory run, String command, Path manifest, boolean detach) throws IOException {
        RemoteRecord record;
        try (Console.CommandMonitor monitor = console.monitor()) {
            record = runs.start(profile, run, command, manifest, monitor);
        }
        console.remark("Started on " + record.head() + " as job " + record.job() + ", in " + record.folder());
        if (detach) {
            print(run, run.status());
            return 0;
        }
        return follow(run);
    }

    /** Follows a run to its end, or until somebody has seen enough. */
    int follow(RunDirectory run) throws IOException {
        RunStatus status;
        boolean left;
        try (Console.CommandMonitor monitor = console.monitor()) {
            status = runs.follow(run, monitor, console::remark);
            left = monitor.isStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CliApplication.STOPPED;
        }
        print(run, status);
        if (left && status.state().isAlive()) {
            console.remark("The run goes on without this command; follow it again with: ./dinobench cluster attach "
                    + run.name());
            return 0;
        }
        return code(status.state());
    }

    /** Fetches what is new, once. */
    int look(RunDirectory run) throws IOException {
        runs.look(run);
        print(run, run.status());
        return 0;
    }

    private static int code(RunState state) {
        return switch (state) {
            case FINISHED -> 0;
            case STOPPED -> CliApplication.STOPPED;
            default -> CliApplication.FAILURE;
        };
    }

    private void print(RunDirectory run, RunStatus status) {
        ObjectNode node = Json.object();
        node.put("run", run.folder().toString()).put("state", status.state().word());
        node.put("step", status.step()).put("total", status.total()).put("message", status.message());
        output.print(
                console,
                List.of(run.name() + ": " + status.state().word() + ", step " + status.step() + ". "
                        + status.message()),
                node);
    }
}
