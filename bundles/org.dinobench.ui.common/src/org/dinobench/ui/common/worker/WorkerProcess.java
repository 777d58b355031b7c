package org.dinobench.ui.common.worker;

/** A worker that was started. */
public interface WorkerProcess {
    /** {@return whether it still runs} */
    boolean isAlive();

    /** {@return its exit code; 0 done, 2 bad input, 3 stopped, anything else a failure; valid once it has ended} */
    int exitCode();

    /** Asks it to end; it may take some seconds to leave its files in order. */
    void stop();
}
