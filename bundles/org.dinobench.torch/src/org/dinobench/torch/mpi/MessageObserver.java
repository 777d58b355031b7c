package org.dinobench.torch.mpi;

import org.dinobench.torch.collective.CollectiveOperation;

/** Hears of operations once they are done, in the thread that carried them out. */
@FunctionalInterface
public interface MessageObserver {
    /**
     * An operation is done.
     *
     * @param bytes sent by this rank
     * @param from begin, as {@link System#nanoTime()}
     * @param to end
     */
    void done(CollectiveOperation operation, long bytes, long from, long to);
}
