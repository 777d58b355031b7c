package org.dinobench.cluster;

import java.io.IOException;
import java.time.Duration;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.workspace.RunDirectory;

/** A worker that was started. */
public interface WorkerHandle {
    /** The run that it works on. */
    RunDirectory run();

    /** Its process id on the machine where it runs. */
    long pid();

    /** Whether its process lives. */
    boolean isAlive();

    /** The run's status as it is to be shown: failed when the worker is gone without a last word. */
    RunStatus status();

    /** Asks it to write a checkpoint and end; returns at once. */
    void stop() throws IOException;

    /** Ends it and its children by force, losing what came after the last checkpoint. The last resort. */
    void kill();

    /**
     * Waits for its end.
     *
     * @return whether it has ended
     */
    boolean awaitEnd(Duration patience) throws InterruptedException;
}
