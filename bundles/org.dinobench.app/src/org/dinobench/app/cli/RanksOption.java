package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.dinobench.app.workbench.ProductCommand;
import org.dinobench.cluster.LocalRanks;
import org.dinobench.cluster.WorkerCommand;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.SingleProcess;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import picocli.CommandLine.Option;

/** {@code --ranks}: a measurement by several processes, which this one starts unless it is one of them. */
final class RanksOption {
    @Option(
            names = "--ranks",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes on this machine; more than one need Open MPI.")
    private int ranks;

    /**
     * Does the work as a rank, alone, or starts the ranks.
     *
     * @param arguments this command's own, without {@code --ranks}
     * @param work what a rank does
     * @return the exit code
     */
    int run(Console console, List<String> arguments, ToIntFunction<Collectives> work) throws IOException {
        if (MpiWorld.isUnderMpi()) {
            return MpiWorld.call(MpiOptions.DEFAULT, world -> work.applyAsInt(world.collectives()));
        }
        if (ranks == 1) {
            return work.applyAsInt(new SingleProcess());
        }
        WorkerCommand worker =
                new WorkerCommand(ProductCommand.worker(arguments), Path.of("").toAbsolutePath(), Map.of());
        WorkerCommand job = new LocalRanks(ranks, 0, console::remark).command(worker);
        try {
            return new ProcessBuilder(job.arguments()).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Interrupted while the processes measure");
        }
    }
}
