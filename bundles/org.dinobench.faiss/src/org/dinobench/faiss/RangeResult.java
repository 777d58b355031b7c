package org.dinobench.faiss;

/**
 * What a search by radius found; the results of a query are in no order.
 *
 * @param limits results of query {@code i} are at {@code limits[i]} to {@code limits[i + 1] - 1}
 * @param scores in the unit of the index's {@link Metric}
 * @param labels positions (or given ids) of the vectors
 */
public record RangeResult(long[] limits, float[] scores, long[] labels) {
    /** Number of queries. */
    public int rows() {
        return limits.length - 1;
    }
}
