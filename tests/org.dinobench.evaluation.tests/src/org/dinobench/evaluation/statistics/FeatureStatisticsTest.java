package org.dinobench.evaluation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.internal.SubspaceIteration;
import org.dinobench.evaluation.internal.SymmetricEigenvalues;
import org.junit.jupiter.api.Test;

class FeatureStatisticsTest {
    @Test
    void eigenvaluesOfARotatedDiagonalComeBack() {
        double[] wanted = {9, 7, 7, 4, 1, 0.5, 0, -2};
        int n = wanted.length;
        Random random = new Random(1);
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i][i] = wanted[i];
        }
        for (int turn = 0; turn < 60; turn++) {
            int p = random.nextInt(n);
            int q = (p + 1 + random.nextInt(n - 1)) % n;
            rotate(a, p, q, random.nextDouble() * 6);
        }
        double[] found = SymmetricEigenvalues.of(a);
        for (int i = 0; i < n; i++) {
            assertEquals(wanted[i], found[i], 1e-12);
        }
    }

    @Test
    void rankCountsTheDirectionsInUse() {
        FeatureStatistics all = FeatureStatistics.of(gaussian(800, 12, 12, 0), JobMonitor.NONE);
        FeatureStatistics three = FeatureStatistics.of(gaussian(800, 12, 3, 0), JobMonitor.NONE);
        assertEquals(12, all.effectiveRank(), 0.3);
        assertEquals(3, three.effectiveRank(), 0.2);
        assertTrue(all.uniformity() < three.uniformity(), "fewer directions lie less evenly");
    }

    @Test
    void collapseAndCommonDirectionShow() {
        float[] same = new float[50 * 4];
        java.util.Arrays.fill(same, 2);
        FeatureStatistics collapsed = FeatureStatistics.of(FeatureMatrix.of("same", 50, 4, same), JobMonitor.NONE);
        assertEquals(1, collapsed.effectiveRank(), 1e-9);
        assertEquals(0, collapsed.uniformity(), 1e-6);
        assertEquals(1, collapsed.meanCosine(), 1e-6);
        assertEquals(4, collapsed.medianNorm(), 1e-6);
    }

    @Test
    void tokensOfHugeNormAreCounted() {
        float[] values = gaussian(500, 8, 8, 3).toArray();
        for (int r = 0; r < 10; r++) {
            for (int c = 0; c < 8; c++) {
                values[r * 50 * 8 + c] *= 30;
            }
        }
        FeatureStatistics s = FeatureStatistics.of(FeatureMatrix.of("outliers", 500, 8, values), JobMonitor.NONE);
        assertEquals(0.02, s.outlierShare(), 0.004);
        assertTrue(s.largestNorm() > 5 * s.medianNorm());
    }

    @Test
    void subspaceIterationAgreesWithTheEigenvalues() {
        FeatureMatrix x = gaussian(300, 20, 20, 7);
        float[] scaled = x.toArray();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= 1f / (1 + i % 20);
        }
        FeatureMatrix features = FeatureMatrix.of("scaled", 300, 20, scaled);
        SubspaceIteration.Components components = SubspaceIteration.of(features, 3, 1);
        double[] mean = features.mean();
        double[][] covariance = new double[20][20];
        for (int r = 0; r < 300; r++) {
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 20; j++) {
                    covariance[i][j] += (features.at(r, i) - mean[i]) * (features.at(r, j) - mean[j]) / 300;
                }
            }
        }
        double[] exact = SymmetricEigenvalues.of(covariance);
        for (int k = 0; k < 3; k++) {
            assertEquals(exact[k], components.variances()[k], 1e-4 * exact[0]);
        }
    }

    private static FeatureMatrix gaussian(int rows, int columns, int used, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < used; c++) {
                values[r * columns + c] = (float) random.nextGaussian();
            }
        }
        return FeatureMatrix.of("gaussian", rows, columns, values);
    }

    private static void rotate(double[][] a, int p, int q, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int k = 0; k < a.length; k++) {
            double x = a[k][p];
            double y = a[k][q];
            a[k][p] = c * x - s * y;
            a[k][q] = s * x + c * y;
        }
        for (int k = 0; k < a.length; k++) {
            double x = a[p][k];
            double y = a[q][k];
            a[p][k] = c * x - s * y;
            a[q][k] = s * x + c * y;
        }
    }
}
