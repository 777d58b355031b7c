package org.dinobench.faiss;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded vectors, and the answers that a search over them must give. */
final class Samples {
    private Samples() {}

    static float[] gaussian(int rows, int dimension, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Points around {@code centres} directions, of length 1; point i belongs to centre i mod centres. */
    static float[] directions(int rows, int dimension, int centres, double spread, long seed) {
        float[] middle = gaussian(centres, dimension, seed);
        float[] noise = gaussian(rows, dimension, seed + 1);
        float[] values = new float[rows * dimension];
        for (int row = 0; row < rows; row++) {
            double squares = 0;
            for (int i = 0; i < dimension; i++) {
                float value = (float) (middle[row % centres * dimension + i] + spread * noise[row * dimension + i]);
                values[row * dimension + i] = value;
                squares += value * value;
            }
            for (int i = 0; i < dimension; i++) {
                values[row * dimension + i] /= (float) Math.sqrt(squares);
            }
        }
        return values;
    }

    static double score(Metric metric, float[] a, int rowA, float[] b, int rowB, int dimension) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            double x = a[rowA * dimension + i];
            double y = b[rowB * dimension + i];
            sum += metric == Metric.INNER_PRODUCT ? x * y : (x - y) * (x - y);
        }
        return sum;
    }

    /** The k nearest rows of {@code base}, by comparing all. */
    static long[] nearest(Metric metric, float[] queries, int row, float[] base, int dimension, int k) {
        double[] scores = IntStream.range(0, base.length / dimension)
                .mapToDouble(i -> score(metric, queries, row, base, i, dimension))
                .toArray();
        Comparator<Integer> nearer = Comparator.comparingDouble(i -> scores[i]);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(metric == Metric.INNER_PRODUCT ? nearer.reversed() : nearer)
                .limit(k)
                .mapToLong(Integer::longValue)
                .toArray();
    }

    /** The part of the expected neighbours that a search found. */
    static double recall(Metric metric, Neighbours found, float[] queries, float[] base, int dimension) {
        long hits = 0;
        for (int row = 0; row < found.rows(); row++) {
            long[] expected = nearest(metric, queries, row, base, dimension, found.k());
            long[] labels = Arrays.copyOfRange(found.labels(), row * found.k(), (row + 1) * found.k());
            hits += Arrays.stream(expected)
                    .filter(label -> Arrays.stream(labels).anyMatch(l -> l == label))
                    .count();
        }
        return hits / (double) found.labels().length;
    }
}
