package org.dinobench.faiss;

import java.util.SplittableRandom;
import org.dinobench.core.job.JobMonitor;

/** Timings of the two operations that curation spends its time in, on random vectors of uniform numbers. */
public final class FaissBench {
    private static final int MIB = 1 << 20;

    private FaissBench() {}

    /**
     * The time of one exact search.
     *
     * @param vectors in the index
     * @param dimension of the vectors
     * @param k neighbours per query
     * @param queries searched for at once
     * @param threads used
     * @param seconds of the search alone
     * @param queriesPerSecond the rate
     * @param version of Faiss
     */
    public record Knn(
            long vectors,
            int dimension,
            int k,
            int queries,
            int threads,
            double seconds,
            double queriesPerSecond,
            String version) {}

    /**
     * The time of one clustering.
     *
     * @param vectors clustered
     * @param dimension of the vectors
     * @param k clusters
     * @param iterations passes over the vectors
     * @param threads used
     * @param seconds of the whole clustering
     * @param secondsPerIteration the mean
     * @param objective squared distances after the last pass
     * @param version of Faiss
     */
    public record Clustering(
            long vectors,
            int dimension,
            int k,
            int iterations,
            int threads,
            double seconds,
            double secondsPerIteration,
            double objective,
            String version) {}

    /** Searches a flat index by squared distance. */
    public static Knn knn(long n, int dimension, int k, int queries, int threads, long seed) {
        int before = Faiss.threads();
        Faiss.setThreads(threads);
        try (Vectors base = random(n, dimension, seed);
                Vectors wanted = random(queries, dimension, seed + 1);
                Index index = Index.flatOf(base, Metric.L2)) {
            long start = System.nanoTime();
            index.search(wanted, k);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Knn(n, dimension, k, queries, threads, seconds, queries / seconds, Faiss.version());
        } finally {
            Faiss.setThreads(before);
        }
    }

    /** Clusters by squared distance, all vectors in every pass. */
    public static Clustering kmeans(long n, int dimension, int k, int iterations, int threads, int seed) {
        int before = Faiss.threads();
        Faiss.setThreads(threads);
        try (Vectors points = random(n, dimension, seed)) {
            long start = System.nanoTime();
            KMeansResult result = KMeans.run(points, null, KMeansOptions.plain(k, iterations, seed), JobMonitor.NONE);
            double seconds = (System.nanoTime() - start) / 1e9;
            double[] objectives = result.objectives();
            double last = objectives.length == 0 ? 0 : objectives[objectives.length - 1];
            return new Clustering(
                    n, dimension, k, iterations, threads, seconds, seconds / iterations, last, Faiss.version());
        } finally {
            Faiss.setThreads(before);
        }
    }

    private static Vectors random(long rows, int dimension, long seed) {
        Vectors vectors = Vectors.allocate(rows, dimension);
        SplittableRandom random = new SplittableRandom(seed);
        long block = Math.max(1, MIB / dimension);
        for (long row = 0; row < rows; row += block) {
            float[] values = new float[(int) Math.min(block, rows - row) * dimension];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble();
            }
            vectors.put(row, values);
        }
        return vectors;
    }
}
