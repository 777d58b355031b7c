package org.dinobench.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.curator.MpiRanks;
import org.dinobench.curator.Ranks;
import org.dinobench.faiss.Faiss;
import org.dinobench.torch.mpi.MpiEnvironment;
import org.dinobench.torch.mpi.MpiWorld;

/**
 * Work that one process does alone, or several together: as a rank when a launcher has started this process, otherwise
 * by starting the ranks.
 */
@FunctionalInterface
interface RankedJob {
    /**
     * The work of this process.
     *
     * @param console silent on all ranks but the first
     */
    void run(Ranks ranks, Console console) throws IOException;

    /**
     * Runs it.
     *
     * @param ranks processes wanted, where no launcher has decided
     * @param arguments of this command, for its ranks
     * @return the exit code
     */
    default int start(Console console, int ranks, List<String> arguments) throws IOException {
        if (MpiWorld.isUnderMpi()) {
            asRank(console);
            return 0;
        }
        RankStarter starter = new RankStarter(console, ranks);
        if (starter.several()) {
            return starter.run(withoutRanks(arguments));
        }
        run(Ranks.ALONE, console);
        return 0;
    }

    private void asRank(Console console) throws IOException {
        int here = MpiEnvironment.read(System.getenv())
                .map(MpiEnvironment::localSize)
                .filter(size -> size > 0)
                .orElse(1);
        Faiss.setThreads(Math.max(1, Runtime.getRuntime().availableProcessors() / here));
        try {
            MpiWorld.call(MpiRanks.OPTIONS, world -> {
                try {
                    run(new MpiRanks(world.collectives()), world.rank() == 0 ? console : console.silenced());
                    return null;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The arguments of a command without {@code --ranks N}, so that a rank does not start others. */
    static List<String> withoutRanks(List<String> arguments) {
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--ranks")) {
                i++;
            } else if (!arguments.get(i).startsWith("--ranks=")) {
                rest.add(arguments.get(i));
            }
        }
        return rest;
    }
}
