package org.dinobench.evaluation.internal;

import java.util.Arrays;

/**
 * All eigenvalues of a symmetric matrix: Householder reflections to a tridiagonal matrix, then implicit QL steps with
 * Wilkinson's shift. About {@code 4/3 n^3} multiplications.
 */
public final class SymmetricEigenvalues {
    private static final int STEPS = 60;

    private SymmetricEigenvalues() {}

    /**
     * @param matrix symmetric; destroyed
     * @return eigenvalues, largest first
     */
    public static double[] of(double[][] matrix) {
        int n = matrix.length;
        double[] diagonal = new double[n];
        double[] below = new double[n];
        reduce(matrix, diagonal, below);
        iterate(diagonal, below);
        Arrays.sort(diagonal);
        for (int i = 0; i < n / 2; i++) {
            double swap = diagonal[i];
            diagonal[i] = diagonal[n - 1 - i];
            diagonal[n - 1 - i] = swap;
        }
        return diagonal;
    }

    /** {@code below[i]} couples {@code i} and {@code i + 1} afterwards; the last is unused. */
    private static void reduce(double[][] a, double[] diagonal, double[] below) {
        int n = a.length;
        double[] v = new double[n];
        double[] p = new double[n];
        for (int k = 0; k < n - 2; k++) {
            double norm = 0;
            for (int i = k + 1; i < n; i++) {
                v[i] = a[i][k];
                norm += v[i] * v[i];
            }
            norm = Math.sqrt(norm);
            if (norm == 0) {
                below[k] = 0;
                continue;
            }
            double alpha = v[k + 1] > 0 ? -norm : norm;
            v[k + 1] -= alpha;
            double half = norm * norm - alpha * a[k + 1][k];
            below[k] = alpha;
            double dot = 0;
            for (int i = k + 1; i < n; i++) {
                double sum = 0;
                for (int j = k + 1; j < n; j++) {
                    sum += a[i][j] * v[j];
                }
                p[i] = sum / half;
                dot += p[i] * v[i];
            }
            double shift = dot / (2 * half);
            for (int i = k + 1; i < n; i++) {
                p[i] -= shift * v[i];
            }
            for (int i = k + 1; i < n; i++) {
                for (int j = k + 1; j < n; j++) {
                    a[i][j] -= v[i] * p[j] + p[i] * v[j];
                }
            }
        }
        if (n > 1) {
            below[n - 2] = a[n - 1][n - 2];
        }
        for (int i = 0; i < n; i++) {
            diagonal[i] = a[i][i];
        }
    }

    private static void iterate(double[] d, double[] e) {
        int n = d.length;
        for (int low = 0; low < n; low++) {
            for (int step = 0; ; step++) {
                int m = low;
                while (m < n - 1 && Math.abs(e[m]) > 1e-15 * (Math.abs(d[m]) + Math.abs(d[m + 1]))) {
                    m++;
                }
                if (m == low) {
                    break;
                }
                if (step == STEPS) {
                    throw new IllegalStateException("Eigenvalues did not converge");
                }
                double g = (d[low + 1] - d[low]) / (2 * e[low]);
                double r = Math.hypot(g, 1);
                g = d[m] - d[low] + e[low] / (g + Math.copySign(r, g));
                chase(d, e, low, m, g);
            }
        }
    }

    /** One implicit QL sweep between two rows. */
    private static void chase(double[] d, double[] e, int low, int m, double start) {
        double g = start;
        double sine = 1;
        double cosine = 1;
        double p = 0;
        for (int i = m - 1; i >= low; i--) {
            double f = sine * e[i];
            double b = cosine * e[i];
            double r = Math.hypot(f, g);
            e[i + 1] = r;
            if (r == 0) {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = d[i + 1] - p;
            double t = (d[i] - g) * sine + 2 * cosine * b;
            p = sine * t;
            d[i + 1] = g + p;
            g = cosine * t - b;
        }
        d[low] -= p;
        e[low] = g;
        e[m] = 0;
    }
}
