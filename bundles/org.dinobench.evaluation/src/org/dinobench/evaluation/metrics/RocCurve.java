package org.dinobench.evaluation.metrics;

import java.util.Arrays;

/**
 * The receiver operating characteristic of one class against all others, from scores with ties handled exactly.
 */
public final class RocCurve {
    private final double[] falsePositiveRates;
    private final double[] truePositiveRates;

    private RocCurve(double[] falsePositiveRates, double[] truePositiveRates) {
        this.falsePositiveRates = falsePositiveRates;
        this.truePositiveRates = truePositiveRates;
    }

    /**
     * @param scores one per image, higher means more likely positive
     * @param positive which images are of the class
     */
    public static RocCurve of(double[] scores, boolean[] positive) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
        long positives = 0;
        for (boolean p : positive) {
            positives += p ? 1 : 0;
        }
        long negatives = positive.length - positives;
        double[] fpr = new double[scores.length + 1];
        double[] tpr = new double[scores.length + 1];
        int points = 1;
        long hits = 0;
        long alarms = 0;
        for (int i = 0; i < order.length; i++) {
            if (positive[order[i]]) {
                hits++;
            } else {
                alarms++;
            }
            if (i + 1 == order.length || scores[order[i + 1]] != scores[order[i]]) {
                fpr[points] = alarms / (double) negatives;
                tpr[points++] = hits / (double) positives;
            }
        }
        return new RocCurve(Arrays.copyOf(fpr, points), Arrays.copyOf(tpr, points));
    }

    /** The area below the curve, 0 to 1 (Mann-Whitney with ties counted half); NaN when one side has no images. */
    public double area() {
        double area = 0;
        for (int i = 1; i < truePositiveRates.length; i++) {
            area += (falsePositiveRates[i] - falsePositiveRates[i - 1])
                    * (truePositiveRates[i] + truePositiveRates[i - 1])
                    / 2;
        }
        return truePositiveRates.length < 2 ? Double.NaN : area;
    }

    /**
     * The highest sensitivity among thresholds whose specificity is at least {@code specificity}; NaN when one side
     * has no images.
     */
    public double sensitivityAt(double specificity) {
        double best = 0;
        for (int i = 0; i < truePositiveRates.length; i++) {
            if (Double.isNaN(falsePositiveRates[i]) || Double.isNaN(truePositiveRates[i])) {
                return Double.NaN;
            }
            if (1 - falsePositiveRates[i] >= specificity - 1e-12) {
                best = Math.max(best, truePositiveRates[i]);
            }
        }
        return best;
    }

    /** False-positive rates of the curve's corners, from 0 to 1. */
    public double[] falsePositiveRates() {
        return falsePositiveRates.clone();
    }

    /** True-positive rates of the curve's corners, from 0 to 1. */
    public double[] truePositiveRates() {
        return truePositiveRates.clone();
    }
}
