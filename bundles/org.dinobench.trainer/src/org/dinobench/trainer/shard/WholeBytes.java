package org.dinobench.trainer.shard;

/** Counts the bytes of weights and gradients that a rank holds whole, and the most there were. Used by one thread. */
final class WholeBytes {
    private long now;
    private long most;

    void added(long bytes) {
        now += bytes;
        most = Math.max(most, now);
    }

    void freed(long bytes) {
        now -= bytes;
    }

    /** Bytes at this moment. */
    long now() {
        return now;
    }

    /** The most since the last {@link #reset()}. */
    long most() {
        return most;
    }

    void reset() {
        most = now;
    }
}
