package org.dinobench.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.dinobench.app.workbench.ProductCommand;
import org.dinobench.cluster.LocalRanks;
import org.dinobench.cluster.WorkerCommand;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.core.run.WorkerEnd;

/**
 * Starts a command of this product as several ranks and waits for them. The ranks do not hear Ctrl-C themselves: a stop
 * ends them here, so that none is left behind.
 */
final class RankStarter {
    private final Console console;
    private final int ranks;

    /** @throws BadInputException when there is not at least one rank */
    RankStarter(Console console, int ranks) {
        if (ranks < 1) {
            throw new BadInputException("--ranks", "it is " + ranks, "give 1 or more");
        }
        this.console = console;
        this.ranks = ranks;
    }

    /** {@return whether other processes are wanted} */
    boolean several() {
        return ranks > 1;
    }

    /**
     * Runs them to their end.
     *
     * @param arguments the command and its arguments, without {@code --ranks}
     * @return the exit code of the job, or that of a stop
     */
    int run(List<String> arguments) throws IOException {
        WorkerCommand worker =
                new WorkerCommand(ProductCommand.worker(arguments), Path.of("").toAbsolutePath(), Map.of());
        WorkerCommand job = new LocalRanks(ranks, 0, console::remark).command(worker);
        WorkerEnd end = WorkerEnd.watch();
        Process process = new ProcessBuilder(job.arguments())
                .inheritIO()
                .redirectInput(new File("/dev/null"))
                .start();
        try (Console.CommandMonitor monitor = console.monitor()) {
            while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                if (monitor.isStopped()) {
                    process.destroy();
                }
            }
            if (monitor.isStopped()) {
                return CliApplication.STOPPED;
            }
            if (process.exitValue() > 128) {
                console.remark("A process was " + end.words(process.exitValue()) + "; what was done so far is kept");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Interrupted while the processes work");
        } finally {
            process.destroy();
        }
    }
}
