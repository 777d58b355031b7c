package org.dinobench.faiss;

/**
 * What a search found: for each query its {@code k} nearest vectors, nearest first.
 *
 * @param k results per query
 * @param scores row after row, in the unit of the index's {@link Metric}
 * @param labels row after row, the position (or given id) of the vector; -1 where there were fewer than {@code k}
 */
public record Neighbours(int k, float[] scores, long[] labels) {
    /** Checks that the arrays fit together. */
    public Neighbours {
        if (k < 1 || scores.length != labels.length || labels.length % k != 0) {
            throw new IllegalArgumentException("Scores and labels are no rows of " + k);
        }
    }

    /** Number of queries. */
    public int rows() {
        return labels.length / k;
    }

    /** The vector at place {@code rank} (from 0) for a query, or -1. */
    public long label(int row, int rank) {
        return labels[row * k + rank];
    }

    /** How near the vector at place {@code rank} is. */
    public float score(int row, int rank) {
        return scores[row * k + rank];
    }
}
