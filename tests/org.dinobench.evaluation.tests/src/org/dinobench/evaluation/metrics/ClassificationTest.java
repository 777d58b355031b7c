package org.dinobench.evaluation.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassificationTest {
    @Test
    void confusionMeasuresByHand() {
        // truth a: 3 right, 1 called b; truth b: 2 right, 2 called c; c absent from the test part
        ConfusionMatrix m = ConfusionMatrix.of(
                List.of("a", "b", "c"), new int[] {0, 0, 0, 0, 1, 1, 1, 1}, new int[] {0, 0, 0, 1, 1, 1, 2, 2});
        assertEquals(5 / 8.0, m.accuracy(), 1e-12);
        assertEquals((0.75 + 0.5) / 2, m.balancedAccuracy(), 1e-12);
        assertEquals(2 / 3.0, m.precision(1), 1e-12);
        assertEquals(2 * (2 / 3.0) * 0.5 / (2 / 3.0 + 0.5), m.f1(1), 1e-12);
        assertEquals((2 * 0.75 / 1.75 + m.f1(1)) / 2, m.macroF1(), 1e-12);
        assertEquals(3 / 4.0, m.specificity(1), 1e-12);
        assertTrue(Double.isNaN(m.recall(2)));
        assertEquals(0, m.precision(2), 0);
    }

    @Test
    void areaCountsPairsWithTiesAsHalf() {
        Random random = new Random(5);
        double[] scores = new double[60];
        boolean[] positive = new boolean[60];
        for (int i = 0; i < 60; i++) {
            positive[i] = random.nextBoolean();
            scores[i] = random.nextInt(6) + (positive[i] ? 1 : 0);
        }
        double wins = 0;
        int pairs = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                if (positive[i] && !positive[j]) {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertEquals(wins / pairs, RocCurve.of(scores, positive).area(), 1e-12);
    }

    @Test
    void sensitivityKeepsToTheSpecificity() {
        double[] scores = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2};
        boolean[] positive = {true, true, false, true, false, false, false, true};
        RocCurve roc = RocCurve.of(scores, positive);
        assertEquals(0.5, roc.sensitivityAt(0.9), 1e-12);
        assertEquals(0.75, roc.sensitivityAt(0.75), 1e-12);
        assertEquals(1.0, roc.sensitivityAt(0), 1e-12);
        assertTrue(Double.isNaN(
                RocCurve.of(new double[] {1, 2}, new boolean[] {true, true}).area()));
    }

    @Test
    void bootstrapCoversTheTruthAndGrowsWithDependence() {
        Random random = new Random(1);
        boolean[] right = new boolean[400];
        int[] alone = new int[400];
        int[] inTens = new int[400];
        for (int i = 0; i < 400; i++) {
            right[i] = i % 10 == 0 ? random.nextInt(10) < 7 : right[i - i % 10];
            alone[i] = i;
            inTens[i] = i / 10;
        }
        Bootstrap bootstrap = new Bootstrap(500, 2);
        Interval single = bootstrap.interval(alone, drawn -> share(right, drawn));
        Interval grouped = bootstrap.interval(inTens, drawn -> share(right, drawn));
        assertEquals(single.value(), grouped.value(), 1e-12);
        assertEquals(4 * Math.sqrt(0.21 / 400), single.high() - single.low(), 0.02);
        assertTrue(grouped.high() - grouped.low() > 2.5 * (single.high() - single.low()));
        assertEquals(single, bootstrap.interval(alone, drawn -> share(right, drawn)), "seeded");
    }

    @Test
    void calibrationIsZeroForHonestConfidence() {
        float[] scores = new float[200];
        int[] truth = new int[100];
        for (int i = 0; i < 100; i++) {
            scores[2 * i] = 0.75f;
            scores[2 * i + 1] = 0.25f;
            truth[i] = i % 4 == 0 ? 1 : 0;
        }
        Calibration honest = Calibration.of(new ClassScores(2, scores), truth);
        assertEquals(0, honest.expectedError(), 1e-9);
        assertEquals(2 * (0.75 * 0.0625 + 0.25 * 0.5625), honest.brier(), 1e-9);
        for (int i = 0; i < 100; i++) {
            scores[2 * i] = 1;
            scores[2 * i + 1] = 0;
        }
        assertEquals(0.25, Calibration.of(new ClassScores(2, scores), truth).expectedError(), 1e-9);
    }

    private static double share(boolean[] right, int[] drawn) {
        double sum = 0;
        for (int i : drawn) {
            sum += right[i] ? 1 : 0;
        }
        return sum / drawn.length;
    }
}
