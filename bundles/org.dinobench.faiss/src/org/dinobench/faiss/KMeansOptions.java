package org.dinobench.faiss;

/**
 * How to cluster.
 *
 * @param clusters number of clusters, at least 1
 * @param iterations passes over the points, at least 1
 * @param spherical whether points and centroids are directions: points of length 1, nearest by cosine, centroids
 *     brought back to length 1 after each pass
 * @param seed of the points that the clustering starts from; the same seed gives the same clusters, whatever the
 *     number of threads
 * @param runs how often to start anew; the best run is kept
 */
public record KMeansOptions(int clusters, int iterations, boolean spherical, int seed, int runs) {
    /** Checks the ranges. */
    public KMeansOptions {
        if (clusters < 1 || iterations < 1 || iterations > 100_000 || runs < 1 || runs > 1000) {
            throw new IllegalArgumentException("Clusters, iterations and runs must be positive, not " + clusters + ", "
                    + iterations + ", " + runs);
        }
    }

    /** Clustering by squared Euclidean distance, one run. */
    public static KMeansOptions plain(int clusters, int iterations, int seed) {
        return new KMeansOptions(clusters, iterations, false, seed, 1);
    }

    /** Clustering of directions by cosine, one run. */
    public static KMeansOptions spherical(int clusters, int iterations, int seed) {
        return new KMeansOptions(clusters, iterations, true, seed, 1);
    }

    /** How near points and centroids are measured. */
    public Metric metric() {
        return spherical ? Metric.INNER_PRODUCT : Metric.L2;
    }
}
