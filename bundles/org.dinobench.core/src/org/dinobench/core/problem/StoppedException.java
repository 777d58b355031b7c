package org.dinobench.core.problem;

/**
 * Work that ended early because somebody asked for it (cancel, {@code control RUN stop}, a signal). The command line
 * turns it into exit code 3. What was written before stays complete and can be resumed.
 */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence: what was stopped and how it goes on */
    public StoppedException(String message) {
        super(message);
    }
}
