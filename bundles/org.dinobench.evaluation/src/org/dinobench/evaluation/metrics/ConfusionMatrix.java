package org.dinobench.evaluation.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts of true against predicted classes. Immutable.
 */
public final class ConfusionMatrix {
    private final List<String> classes;
    private final int[][] counts;

    private ConfusionMatrix(List<String> classes, int[][] counts) {
        this.classes = List.copyOf(classes);
        this.counts = counts;
    }

    /** Counts predictions; both arrays hold indices into {@code classes}. */
    public static ConfusionMatrix of(List<String> classes, int[] truth, int[] predicted) {
        if (truth.length != predicted.length) {
            throw new IllegalArgumentException(truth.length + " labels and " + predicted.length + " predictions");
        }
        int[][] counts = new int[classes.size()][classes.size()];
        for (int i = 0; i < truth.length; i++) {
            counts[truth[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(classes, counts);
    }

    /** Class names in the order of rows and columns. */
    public List<String> classes() {
        return classes;
    }

    /** Images of class {@code truth} that were called {@code predicted}. */
    public int count(int truth, int predicted) {
        return counts[truth][predicted];
    }

    /** A copy: rows are the truth, columns the prediction. */
    public int[][] counts() {
        return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
    }

    /** Images of a class. */
    public int support(int truth) {
        return Arrays.stream(counts[truth]).sum();
    }

    /** Images that were called this class. */
    public int predicted(int predicted) {
        return IntStream.range(0, counts.length).map(t -> counts[t][predicted]).sum();
    }

    /** All images. */
    public int total() {
        return IntStream.range(0, counts.length).map(this::support).sum();
    }

    /** Share of correct predictions, 0 to 1; NaN when empty. */
    public double accuracy() {
        int right = IntStream.range(0, counts.length).map(c -> counts[c][c]).sum();
        return right / (double) total();
    }

    /** Right predictions of a class over its images (sensitivity); NaN without images. */
    public double recall(int c) {
        return counts[c][c] / (double) support(c);
    }

    /** Right predictions of a class over all its predictions; 0 when it was never predicted. */
    public double precision(int c) {
        return predicted(c) == 0 ? 0 : counts[c][c] / (double) predicted(c);
    }

    /** Other classes' images not called this class, over the other classes' images; NaN without such images. */
    public double specificity(int c) {
        int others = total() - support(c);
        return (others - (predicted(c) - counts[c][c])) / (double) others;
    }

    /** Harmonic mean of precision and recall; 0 when nothing was right. */
    public double f1(int c) {
        int denominator = support(c) + predicted(c);
        return denominator == 0 ? 0 : 2.0 * counts[c][c] / denominator;
    }

    /** Mean recall over the classes that have images here. */
    public double balancedAccuracy() {
        return present().mapToDouble(this::recall).average().orElse(Double.NaN);
    }

    /** Mean F1 over the classes that have images here. */
    public double macroF1() {
        return present().mapToDouble(this::f1).average().orElse(Double.NaN);
    }

    private IntStream present() {
        return IntStream.range(0, counts.length).filter(c -> support(c) > 0);
    }
}
