package org.dinobench.evaluation.segmentation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Pixels of true against predicted classes. Immutable.
 */
public final class PixelCounts {
    private final long[][] counts;

    private PixelCounts(long[][] counts) {
        this.counts = counts;
    }

    /** Counts one image; ignored pixels of the truth do not count. */
    public static PixelCounts of(LabelMap truth, LabelMap predicted, int classes) {
        if (truth.width() != predicted.width() || truth.height() != predicted.height()) {
            throw new IllegalArgumentException("The maps differ in size");
        }
        long[][] counts = new long[classes][classes];
        for (int p = 0; p < truth.classes().length; p++) {
            int t = truth.classes()[p] & 0xff;
            if (t != LabelMap.IGNORED) {
                counts[t][predicted.classes()[p] & 0xff]++;
            }
        }
        return new PixelCounts(counts);
    }

    /** Given counts: rows are the truth, columns the prediction. */
    public static PixelCounts of(long[][] counts) {
        return new PixelCounts(Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new));
    }

    /** The sum of some of several images' counts; an image may be there more than once. */
    static PixelCounts sum(PixelCounts[] images, int[] which, int classes) {
        long[][] sum = new long[classes][classes];
        for (int i : which) {
            for (int t = 0; t < classes; t++) {
                for (int p = 0; p < classes; p++) {
                    sum[t][p] += images[i].counts[t][p];
                }
            }
        }
        return new PixelCounts(sum);
    }

    /** A copy: rows are the truth, columns the prediction. */
    public long[][] counts() {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    /** Pixels of a class. */
    public long support(int c) {
        return Arrays.stream(counts[c]).sum();
    }

    private long predicted(int c) {
        return Arrays.stream(counts).mapToLong(row -> row[c]).sum();
    }

    /** Intersection over union of a class, 0 to 1; NaN when it is neither there nor predicted. */
    public double iou(int c) {
        long union = support(c) + predicted(c) - counts[c][c];
        return union == 0 ? Double.NaN : counts[c][c] / (double) union;
    }

    /** Dice coefficient of a class: twice the intersection over the sum of both areas; NaN as above. */
    public double dice(int c) {
        long areas = support(c) + predicted(c);
        return areas == 0 ? Double.NaN : 2.0 * counts[c][c] / areas;
    }

    /** Mean of {@link #iou} over the classes that are there or predicted. */
    public double meanIou() {
        return IntStream.range(0, counts.length)
                .mapToDouble(this::iou)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }

    /** Mean of {@link #dice} likewise. */
    public double meanDice() {
        return IntStream.range(0, counts.length)
                .mapToDouble(this::dice)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }

    /** Share of pixels that are right; NaN when none counts. */
    public double accuracy() {
        long right =
                IntStream.range(0, counts.length).mapToLong(c -> counts[c][c]).sum();
        long all = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
        return all == 0 ? Double.NaN : right / (double) all;
    }
}
