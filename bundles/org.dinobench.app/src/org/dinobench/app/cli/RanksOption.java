package org.dinobench.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.ToIntFunction;
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

    /** {@return number of processes} */
    int number() {
        return ranks;
    }

    /** {@return whether this process, no rank itself, has to start others} */
    boolean several() {
        return !MpiWorld.isUnderMpi() && ranks > 1;
    }

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
        RankStarter starter = new RankStarter(console, ranks);
        return starter.several() ? starter.run(arguments) : work.applyAsInt(new SingleProcess());
    }
}
