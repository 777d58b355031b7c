package org.dinobench.evaluation.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.dinobench.evaluation.segmentation.PixelCounts;
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

    /** Two images of a rare class, both called rightly, and a hundred of a common one, half of them. */
    @Test
    void noResampleMissesATinyClass() {
        int count = 102;
        int[] truth = new int[count];
        int[] units = new int[count];
        boolean[] right = new boolean[count];
        for (int i = 0; i < count; i++) {
            units[i] = i;
            truth[i] = i < 2 ? 1 : 0;
            right[i] = i < 2 || i % 2 == 0;
        }
        Bootstrap bootstrap = new Bootstrap(500, 4);
        Interval plain = bootstrap
                .intervals(units, drawn -> new double[] {balanced(truth, right, drawn)})
                .get(0);
        Interval inside = bootstrap
                .intervals(units, truth, drawn -> {
                    assertEquals(count, drawn.length);
                    assertEquals(
                            2,
                            java.util.Arrays.stream(drawn)
                                    .filter(i -> truth[i] == 1)
                                    .count());
                    return new double[] {balanced(truth, right, drawn)};
                })
                .get(0);
        assertEquals(0.75, inside.value(), 1e-12);
        assertEquals(0.75, (inside.low() + inside.high()) / 2, 0.02);
        assertEquals(4 * Math.sqrt(0.25 / 100) / 2, inside.high() - inside.low(), 0.03);
        assertTrue(plain.low() < 0.6, "without the rare class the common one alone is left: " + plain);
    }

    private static double balanced(int[] truth, boolean[] right, int[] drawn) {
        double[] hits = new double[2];
        int[] all = new int[2];
        for (int i : drawn) {
            all[truth[i]]++;
            hits[truth[i]] += right[i] ? 1 : 0;
        }
        double sum = 0;
        int classes = 0;
        for (int c = 0; c < 2; c++) {
            if (all[c] > 0) {
                sum += hits[c] / all[c];
                classes++;
            }
        }
        return sum / classes;
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

    /**
     * Sixty predictions from a generator that any language can repeat, and what scikit-learn 1.9.1 says of them
     * (balanced_accuracy_score, f1_score, precision_score, recall_score, roc_auc_score, the largest rate of roc_curve at a
     * false-positive rate of at most 0.1, jaccard_score; the Brier score by NumPy).
     */
    @Test
    void measuresAreThoseOfScikitLearn() {
        long state = 12345;
        int[] truth = new int[60];
        float[] scores = new float[180];
        for (int i = 0; i < 60; i++) {
            state = next(state);
            truth[i] = (int) (state / 65536 % 3);
            for (int c = 0; c < 3; c++) {
                state = next(state);
                scores[3 * i + c] = 1 + state / 65536 % 8 + (c == truth[i] ? 2 : 0);
            }
        }
        ClassScores given = new ClassScores(3, scores);
        ConfusionMatrix m = ConfusionMatrix.of(List.of("a", "b", "c"), truth, given.best());
        assertArrayEquals(new int[][] {{12, 6, 3}, {4, 17, 3}, {4, 3, 8}}, m.counts());
        assertEquals(0.6166666666666667, m.accuracy(), 1e-12);
        assertEquals(0.6043650793650793, m.balancedAccuracy(), 1e-12);
        assertEquals(0.6056966638631903, m.macroF1(), 1e-12);
        assertEquals(0.65384615384615, m.precision(1), 1e-12);
        double[] areas = {0.6953601953601953, 0.7557870370370371, 0.6422222222222222};
        double[] sensitivities = {0.19047619047619047, 0.4166666666666667, 0.26666666666666666};
        for (int c = 0; c < 3; c++) {
            RocCurve roc = Classification.roc(given, truth, c);
            assertEquals(areas[c], roc.area(), 1e-12);
            assertEquals(sensitivities[c], roc.sensitivityAt(0.9), 1e-12);
        }
        assertEquals(0.5630445961781217, Calibration.of(given, truth).brier(), 1e-6);
        PixelCounts pixels = PixelCounts.of(new long[][] {{12, 6, 3}, {4, 17, 3}, {4, 3, 8}});
        assertEquals(0.4137931034482759, pixels.iou(0), 1e-12);
        assertEquals(0.4366323331840573, pixels.meanIou(), 1e-12);
        assertEquals(0.68, pixels.dice(1), 1e-12);
    }

    private static long next(long state) {
        return (state * 1103515245L + 12345L) % (1L << 31);
    }

    @Test
    void pairedDifferencesAreSurerThanTheirParts() {
        Random random = new Random(3);
        boolean[] one = new boolean[300];
        boolean[] other = new boolean[300];
        int[] units = new int[300];
        for (int i = 0; i < 300; i++) {
            one[i] = random.nextInt(10) < 6;
            // right where the first is, and in a tenth of the other cases too
            other[i] = one[i] || random.nextInt(10) == 0;
            units[i] = i;
        }
        List<Interval> found = new Bootstrap(500, 1).intervals(units, drawn ->
                new double[] {share(one, drawn), share(other, drawn), share(other, drawn) - share(one, drawn)});
        assertEquals(found.get(1).value() - found.get(0).value(), found.get(2).value(), 1e-12);
        assertTrue(found.get(2).low() > 0, "a small difference that never turns round");
        assertTrue(found.get(1).low() < found.get(0).high(), "though the single intervals overlap");
        assertEquals(
                found.get(0), new Bootstrap(500, 1).interval(units, drawn -> share(one, drawn)), "the same resamples");
    }

    private static double share(boolean[] right, int[] drawn) {
        double sum = 0;
        for (int i : drawn) {
            sum += right[i] ? 1 : 0;
        }
        return sum / drawn.length;
    }
}
