package org.dinobench.evaluation.knn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.junit.jupiter.api.Test;

class WhiteningTest {
    private static final int ROWS = 4000;
    private static final int COLUMNS = 5;

    /** Correlated columns of very different spread. */
    private static FeatureMatrix correlated(long seed) {
        Random random = new Random(seed);
        float[] values = new float[ROWS * COLUMNS];
        for (int r = 0; r < ROWS; r++) {
            double common = random.nextGaussian();
            for (int c = 0; c < COLUMNS; c++) {
                values[r * COLUMNS + c] = (float) (7 + (c + 1) * (common + random.nextGaussian()));
            }
        }
        return FeatureMatrix.of("correlated", ROWS, COLUMNS, values);
    }

    @Test
    void directionsGetAboutTheSameSpread() {
        FeatureMatrix white = Whitening.fit(correlated(1)).apply(correlated(1));
        double[] mean = white.mean();
        for (int i = 0; i < COLUMNS; i++) {
            assertEquals(0, mean[i], 1e-4);
            for (int j = 0; j < COLUMNS; j++) {
                double product = 0;
                for (int r = 0; r < ROWS; r++) {
                    product += white.at(r, i) * white.at(r, j);
                }
                assertEquals(i == j ? 1 : 0, product / ROWS, 0.15, i + ", " + j);
            }
        }
    }

    @Test
    void aStrongDirectionThatTellsNothingNoLongerDecides() {
        // four columns are loud and random, the fifth tells the class
        Random random = new Random(2);
        int n = 400;
        float[] values = new float[n * COLUMNS];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 2;
            for (int c = 0; c < COLUMNS - 1; c++) {
                values[i * COLUMNS + c] = (float) (20 * random.nextGaussian());
            }
            values[i * COLUMNS + COLUMNS - 1] = (float) ((labels[i] == 0 ? 4 : -4) + 0.5 * random.nextGaussian());
        }
        FeatureMatrix all = FeatureMatrix.of("loud", n, COLUMNS, values);
        assertTrue(rightShare(all, labels, FeatureScaling.CENTRED) < 0.75);
        assertTrue(rightShare(all, labels, FeatureScaling.WHITENED) > 0.85);
    }

    private static double rightShare(FeatureMatrix all, int[] labels, FeatureScaling scaling) {
        int half = labels.length / 2;
        int[] train = new int[half];
        int[] test = new int[half];
        int[] trainLabels = new int[half];
        for (int i = 0; i < half; i++) {
            train[i] = i;
            test[i] = half + i;
            trainLabels[i] = labels[i];
        }
        int[] called = new KnnClassifier(KnnSpec.smallSet().withScaling(scaling), new ExactSearch())
                .classify(all.rows(train), trainLabels, 2, all.rows(test), JobMonitor.NONE)
                .get(2)
                .predicted();
        int right = 0;
        for (int i = 0; i < half; i++) {
            right += called[i] == labels[half + i] ? 1 : 0;
        }
        return right / (double) half;
    }

    @Test
    void moreColumnsThanRowsAndFeaturesThatNeverChangeStayFinite() {
        FeatureMatrix wide = FeatureMatrix.of("wide", 2, 4, new float[] {1, 2, 3, 4, 2, 3, 4, 5});
        for (float value : Whitening.fit(wide).apply(wide).toArray()) {
            assertTrue(Float.isFinite(value));
        }
        FeatureMatrix same = FeatureMatrix.of("same", 2, 2, new float[] {1, 2, 1, 2});
        assertArrayEquals(new float[4], Whitening.fit(same).apply(same).toArray());
    }
}
