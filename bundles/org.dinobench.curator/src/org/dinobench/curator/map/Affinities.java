package org.dinobench.curator.map;

import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Neighbours;
import org.dinobench.faiss.Vectors;

/**
 * How likely each point would choose each other one as its neighbour: Gaussians over the nearest neighbours, each as
 * wide as the perplexity asks for, made symmetric (van der Maaten, "Accelerating t-SNE using tree-based algorithms",
 * section 4.1). Rows of a sparse matrix.
 *
 * @param starts start of each row, and the end of the last
 * @param columns the other point of each entry
 * @param values probabilities, all together 1
 */
record Affinities(int[] starts, int[] columns, float[] values) {
    private static final int BISECTIONS = 60;

    /** Finds the nearest neighbours exactly, three times the perplexity of them. */
    static Affinities of(float[] points, int dimension, double perplexity, JobMonitor monitor) {
        int n = points.length / dimension;
        int k = (int) Math.min(n - 1L, Math.round(3 * perplexity));
        int[] near = new int[n * k];
        double[] distances = new double[n * k];
        try (Vectors vectors = Vectors.copyOf(points, dimension);
                Index index = Index.flatOf(vectors, Metric.L2)) {
            Neighbours found = index.search(vectors, k + 1, monitor);
            for (int i = 0; i < n; i++) {
                int taken = 0;
                for (int rank = 0; rank <= k && taken < k; rank++) {
                    // the point itself is usually first, but not among copies of it
                    if (found.label(i, rank) != i && found.label(i, rank) >= 0) {
                        near[i * k + taken] = (int) found.label(i, rank);
                        distances[i * k + taken++] = Math.max(0, found.score(i, rank));
                    }
                }
                for (; taken < k; taken++) {
                    near[i * k + taken] = i;
                    distances[i * k + taken] = Double.POSITIVE_INFINITY;
                }
            }
        }
        return of(near, distances, k, perplexity);
    }

    /** @param distances squared */
    static Affinities of(int[] near, double[] distances, int k, double perplexity) {
        int n = near.length / k;
        double target = Math.log(Math.min(perplexity, k / 1.01));
        double[] conditional = new double[n * k];
        IntStream.range(0, n).parallel().forEach(i -> fit(distances, conditional, i * k, k, target));
        return symmetric(near, conditional, n, k);
    }

    /** Bisects the precision until the row's entropy is the wanted one. */
    private static void fit(double[] distances, double[] out, int at, int k, double target) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            nearest = Math.min(nearest, distances[at + j]);
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double beta = 1;
        for (int turn = 0; turn < BISECTIONS; turn++) {
            double sum = 0;
            double weighted = 0;
            for (int j = 0; j < k; j++) {
                double d = distances[at + j] - nearest;
                double p = Double.isFinite(d) ? Math.exp(-beta * d) : 0;
                out[at + j] = p;
                sum += p;
                weighted += p == 0 ? 0 : p * d;
            }
            double entropy = Math.log(sum) + beta * weighted / sum;
            for (int j = 0; j < k; j++) {
                out[at + j] /= sum;
            }
            if (Math.abs(entropy - target) < 1e-5) {
                return;
            }
            if (entropy > target) {
                low = beta;
                beta = Double.isInfinite(high) ? 2 * beta : (beta + high) / 2;
            } else {
                high = beta;
                beta = (beta + low) / 2;
            }
        }
    }

    private static Affinities symmetric(int[] near, double[] conditional, int n, int k) {
        int[] counts = new int[n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = i * k; j < (i + 1) * k; j++) {
                counts[i + 1]++;
                counts[near[j] + 1]++;
            }
        }
        for (int i = 0; i < n; i++) {
            counts[i + 1] += counts[i];
        }
        int[] place = counts.clone();
        int[] columns = new int[counts[n]];
        float[] values = new float[counts[n]];
        double share = 1 / (2.0 * n);
        for (int i = 0; i < n; i++) {
            for (int j = i * k; j < (i + 1) * k; j++) {
                // a pair that chose each other gets two entries, whose sum is what counts
                float value = (float) (conditional[j] * share);
                columns[place[i]] = near[j];
                values[place[i]++] = value;
                columns[place[near[j]]] = i;
                values[place[near[j]]++] = value;
            }
        }
        return new Affinities(counts, columns, values);
    }
}
