package org.dinobench.faiss;

/**
 * The clusters of {@link KMeans}.
 *
 * @param dimension numbers in a centroid
 * @param metric how points are assigned
 * @param centroids one row for each cluster
 * @param objectives after each pass, run by run: the sum over the points of the squared distance (falling) or the
 *     cosine (rising) to the nearest centroid before the pass moved it; empty when there are as many points as clusters
 */
public record KMeansResult(int dimension, Metric metric, float[] centroids, double[] objectives) {
    /** Number of clusters. */
    public int clusters() {
        return centroids.length / dimension;
    }

    /** An exact index of the centroids; the caller closes it. */
    public Index index() {
        try (Vectors vectors = Vectors.copyOf(centroids, dimension)) {
            return Index.flatOf(vectors, metric);
        }
    }
}
