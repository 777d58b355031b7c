package org.dinobench.model.internal;

/**
 * A stretch of the packed sequence: samples of equal length one after the other.
 *
 * @param samples number of samples
 * @param tokens tokens of each
 * @param classTokenOnly whether only the first token of each is wanted in the end
 */
public record Segment(int samples, int tokens, boolean classTokenOnly) {
    /** Rows in the packed sequence. */
    public long rows() {
        return (long) samples * tokens;
    }
}
