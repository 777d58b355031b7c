package org.dinobench.evaluation.internal;

import java.util.Random;
import org.dinobench.evaluation.data.FeatureMatrix;

/**
 * The leading principal directions of a matrix of features by orthogonal iteration on {@code X'X}, without forming it:
 * {@code rows * columns * directions} multiplications a round, so that 1,536 wide features of many images are quick.
 */
public final class SubspaceIteration {
    private static final int ROUNDS = 60;
    private static final double ENOUGH = 1e-9;

    private SubspaceIteration() {}

    /**
     * @param mean of every column
     * @param directions orthonormal, most variance first, {@code [count][columns]}; the entry of largest size in each
     *     is positive
     * @param variances along them (divided by the number of rows)
     * @param totalVariance of all columns
     */
    public record Components(double[] mean, double[][] directions, double[] variances, double totalVariance) {
        /** The coordinates of a row along each direction. */
        public double[] project(FeatureMatrix features, int row) {
            double[] at = new double[directions.length];
            for (int k = 0; k < at.length; k++) {
                for (int c = 0; c < mean.length; c++) {
                    at[k] += (features.at(row, c) - mean[c]) * directions[k][c];
                }
            }
            return at;
        }
    }

    /** @param count directions wanted; fewer come out when there are fewer columns */
    public static Components of(FeatureMatrix features, int count, long seed) {
        int n = features.rows();
        int d = features.columns();
        double[] mean = features.mean();
        float[] x = features.minus(mean).toArray();
        int extra = Math.min(d, count + 4);
        double[][] basis = new double[extra][d];
        Random random = new Random(seed);
        for (double[] v : basis) {
            for (int c = 0; c < d; c++) {
                v[c] = random.nextGaussian();
            }
        }
        orthonormalise(basis);
        double[] variances = new double[extra];
        for (int round = 0; round < ROUNDS; round++) {
            double[][] next = multiply(x, n, d, basis);
            double change = 0;
            for (int k = 0; k < extra; k++) {
                double variance = norm(next[k]) / Math.max(1, n);
                change = Math.max(change, Math.abs(variance - variances[k]) / Math.max(variance, 1e-300));
                variances[k] = variance;
            }
            basis = next;
            orthonormalise(basis);
            if (change < ENOUGH) {
                break;
            }
        }
        double total = 0;
        for (float v : x) {
            total += (double) v * v;
        }
        int kept = Math.min(count, extra);
        double[][] directions = new double[kept][];
        double[] along = new double[kept];
        for (int k = 0; k < kept; k++) {
            directions[k] = signed(basis[k]);
            along[k] = variances[k];
        }
        return new Components(mean, directions, along, total / Math.max(1, n));
    }

    /** {@code X' (X b)} for every vector b. */
    private static double[][] multiply(float[] x, int n, int d, double[][] basis) {
        double[][] out = new double[basis.length][d];
        for (int r = 0; r < n; r++) {
            int start = r * d;
            for (int k = 0; k < basis.length; k++) {
                double[] b = basis[k];
                double[] o = out[k];
                double dot = 0;
                for (int c = 0; c < d; c++) {
                    dot += x[start + c] * b[c];
                }
                for (int c = 0; c < d; c++) {
                    o[c] += dot * x[start + c];
                }
            }
        }
        return out;
    }

    /** Gram-Schmidt, twice for accuracy; a vector that vanishes stays zero. */
    private static void orthonormalise(double[][] vectors) {
        for (int k = 0; k < vectors.length; k++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < k; j++) {
                    double dot = 0;
                    for (int c = 0; c < vectors[k].length; c++) {
                        dot += vectors[k][c] * vectors[j][c];
                    }
                    for (int c = 0; c < vectors[k].length; c++) {
                        vectors[k][c] -= dot * vectors[j][c];
                    }
                }
            }
            double norm = norm(vectors[k]);
            for (int c = 0; c < vectors[k].length; c++) {
                vectors[k][c] = norm > 0 ? vectors[k][c] / norm : 0;
            }
        }
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double a : v) {
            sum += a * a;
        }
        return Math.sqrt(sum);
    }

    private static double[] signed(double[] v) {
        double largest = 0;
        for (double a : v) {
            largest = Math.abs(a) > Math.abs(largest) ? a : largest;
        }
        double[] out = v.clone();
        for (int c = 0; c < out.length && largest < 0; c++) {
            out[c] = -out[c];
        }
        return out;
    }
}
