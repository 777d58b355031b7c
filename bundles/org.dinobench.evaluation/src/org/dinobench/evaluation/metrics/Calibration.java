package org.dinobench.evaluation.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a classifier is as often right as its confidence says.
 *
 * @param expectedError mean distance between confidence and accuracy over ten equal-width bins, weighted by images
 *     (ECE), 0 to 1
 * @param brier mean squared distance between the probabilities and the one-hot truth, summed over classes, 0 to 2
 * @param bins bins that hold images, in order
 */
public record Calibration(double expectedError, double brier, List<Bin> bins) {
    private static final int BINS = 10;

    /** Copies the list. */
    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * @param low lower confidence bound of the bin
     * @param high upper confidence bound
     * @param images number of images in it
     * @param confidence their mean confidence
     * @param accuracy their share of right predictions
     */
    public record Bin(double low, double high, int images, double confidence, double accuracy) {}

    /** Measures scores, brought to sum 1 per image, against the truth. */
    public static Calibration of(ClassScores scores, int[] truth) {
        int[] images = new int[BINS];
        double[] confidence = new double[BINS];
        double[] right = new double[BINS];
        int[] best = scores.best();
        double brier = 0;
        for (int i = 0; i < truth.length; i++) {
            double top = scores.probability(i, best[i]);
            int bin = Math.min(BINS - 1, (int) (top * BINS));
            images[bin]++;
            confidence[bin] += top;
            right[bin] += best[i] == truth[i] ? 1 : 0;
            for (int c = 0; c < scores.classes(); c++) {
                double d = scores.probability(i, c) - (c == truth[i] ? 1 : 0);
                brier += d * d;
            }
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int b = 0; b < BINS; b++) {
            if (images[b] > 0) {
                Bin bin = new Bin(
                        b / (double) BINS,
                        (b + 1) / (double) BINS,
                        images[b],
                        confidence[b] / images[b],
                        right[b] / images[b]);
                bins.add(bin);
                error += Math.abs(bin.confidence() - bin.accuracy()) * images[b] / truth.length;
            }
        }
        return new Calibration(error, brier / Math.max(1, truth.length), bins);
    }
}
