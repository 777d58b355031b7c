package org.dinobench.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.dinobench.curator.MpiRanks;
import org.dinobench.curator.Ranks;
import org.dinobench.torch.mpi.MpiWorld;

/** Work that one process does alone, or all processes of an MPI job together when a launcher has started this one. */
@FunctionalInterface
interface RankedJob {
    /**
     * The work of this process.
     *
     * @param console silent on all ranks but the first
     */
    void run(Ranks ranks, Console console) throws IOException;

    /** Runs it, alone or as a rank. */
    default void start(Console console) throws IOException {
        if (!MpiWorld.isUnderMpi()) {
            run(Ranks.ALONE, console);
            return;
        }
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
}
