package org.dinobench.core.run;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
    /** Its folder is there, no worker has started. */
    CREATED,
    /** A worker is at it. */
    RUNNING,
    /** A worker waits for {@link RunCommand#RESUME}. */
    PAUSED,
    /** Ended on request; it can be resumed. */
    STOPPED,
    /** Ended by an error, or without a word. */
    FAILED,
    /** Done. */
    FINISHED;

    /** Whether a worker process should exist. */
    public boolean isAlive() {
        return this == RUNNING || this == PAUSED;
    }

    /** The word in {@code status.json}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
