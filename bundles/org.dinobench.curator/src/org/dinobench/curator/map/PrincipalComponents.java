package org.dinobench.curator.map;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * The directions of largest variance by subspace iteration: each turn multiplies a few vectors by the covariance without
 * making it, and makes them orthonormal again. For maps a few turns are enough.
 */
public final class PrincipalComponents {
    private static final int TURNS = 12;
    private static final int CHUNKS = 64;

    private PrincipalComponents() {}

    /**
     * Projects vectors.
     *
     * @param values {@code n} vectors, row after row
     * @param dimension length of a vector
     * @param components how many, at most {@code dimension}
     * @param seed of the start; it decides on little more than the signs
     * @return {@code n} rows of {@code components} coordinates, the largest variance first, mean 0
     */
    public static float[] project(float[] values, int dimension, int components, long seed) {
        int n = values.length / dimension;
        double[] mean = new double[dimension];
        for (int i = 0; i < values.length; i++) {
            mean[i % dimension] += values[i] / (double) n;
        }
        double[][] basis = new double[components][dimension];
        Random random = new Random(seed);
        for (double[] direction : basis) {
            for (int d = 0; d < dimension; d++) {
                direction[d] = random.nextGaussian();
            }
        }
        orthonormalize(basis);
        for (int turn = 0; turn < TURNS; turn++) {
            basis = multiply(values, mean, basis, n);
            orthonormalize(basis);
        }
        double[][] last = basis;
        float[] out = new float[n * components];
        IntStream.range(0, n).parallel().forEach(row -> {
            for (int c = 0; c < components; c++) {
                out[row * components + c] = (float) dot(values, row, mean, last[c]);
            }
        });
        return out;
    }

    /** Sums over fixed chunks, so that the result does not depend on the number of threads. */
    private static double[][] multiply(float[] values, double[] mean, double[][] basis, int n) {
        int dimension = mean.length;
        double[][][] parts = new double[CHUNKS][][];
        IntStream.range(0, CHUNKS).parallel().forEach(chunk -> {
            double[][] sum = new double[basis.length][dimension];
            for (int row = (int) ((long) n * chunk / CHUNKS); row < (long) n * (chunk + 1) / CHUNKS; row++) {
                for (int c = 0; c < basis.length; c++) {
                    double along = dot(values, row, mean, basis[c]);
                    for (int d = 0; d < dimension; d++) {
                        sum[c][d] += along * (values[row * dimension + d] - mean[d]);
                    }
                }
            }
            parts[chunk] = sum;
        });
        double[][] total = new double[basis.length][dimension];
        for (double[][] part : parts) {
            for (int c = 0; c < basis.length; c++) {
                for (int d = 0; d < dimension; d++) {
                    total[c][d] += part[c][d];
                }
            }
        }
        return total;
    }

    private static double dot(float[] values, int row, double[] mean, double[] direction) {
        double sum = 0;
        int at = row * mean.length;
        for (int d = 0; d < mean.length; d++) {
            sum += (values[at + d] - mean[d]) * direction[d];
        }
        return sum;
    }

    /** Gram and Schmidt, twice, as once loses accuracy; a direction without variance becomes zero. */
    private static void orthonormalize(double[][] basis) {
        for (int c = 0; c < basis.length; c++) {
            for (int again = 0; again < 2; again++) {
                for (int before = 0; before < c; before++) {
                    double along = product(basis[c], basis[before]);
                    for (int d = 0; d < basis[c].length; d++) {
                        basis[c][d] -= along * basis[before][d];
                    }
                }
            }
            double length = Math.sqrt(product(basis[c], basis[c]));
            for (int d = 0; d < basis[c].length; d++) {
                basis[c][d] = length > 1e-12 ? basis[c][d] / length : 0;
            }
        }
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
