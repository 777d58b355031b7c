package org.dinobench.evaluation.knn;

/**
 * The nearest training vectors of several query vectors, nearest first. Immutable.
 */
public final class Neighbours {
    private final int count;
    private final int[] indices;
    private final float[] similarities;

    /**
     * @param count neighbours per query
     * @param indices row-major, {@code queries x count}; rows of the training matrix
     * @param similarities likewise; inner products
     */
    public Neighbours(int count, int[] indices, float[] similarities) {
        if (indices.length != similarities.length || indices.length % count != 0) {
            throw new IllegalArgumentException(indices.length + " indices, " + similarities.length + " similarities, "
                    + count + " neighbours per query");
        }
        this.count = count;
        this.indices = indices.clone();
        this.similarities = similarities.clone();
    }

    /** Number of queries. */
    public int queries() {
        return indices.length / count;
    }

    /** Neighbours per query. */
    public int count() {
        return count;
    }

    /** The training row of the neighbour at {@code rank}, 0 the nearest. */
    public int index(int query, int rank) {
        return indices[query * count + rank];
    }

    /** Its inner product with the query. */
    public float similarity(int query, int rank) {
        return similarities[query * count + rank];
    }
}
