package org.dinobench.evaluation.metrics;

import java.util.Arrays;

/**
 * One score per image and class, the higher the likelier; probabilities where a classifier gives them. Immutable.
 */
public final class ClassScores {
    private final int classes;
    private final float[] values;

    /**
     * @param classes number of classes
     * @param values row-major, one row an image
     */
    public ClassScores(int classes, float[] values) {
        if (values.length % classes != 0) {
            throw new IllegalArgumentException(values.length + " scores for " + classes + " classes");
        }
        this.classes = classes;
        this.values = values.clone();
    }

    /** Number of images. */
    public int rows() {
        return values.length / classes;
    }

    /** Number of classes. */
    public int classes() {
        return classes;
    }

    /** One score. */
    public float at(int row, int c) {
        return values[row * classes + c];
    }

    /** The class of the highest score of each image; among equals the first. */
    public int[] best() {
        int[] best = new int[rows()];
        Arrays.setAll(best, r -> {
            int top = 0;
            for (int c = 1; c < classes; c++) {
                if (at(r, c) > at(r, top)) {
                    top = c;
                }
            }
            return top;
        });
        return best;
    }

    /** The scores of an image divided by their sum; evenly spread when that is not positive. */
    public double probability(int row, int c) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += at(row, k);
        }
        return sum > 0 ? at(row, c) / sum : 1.0 / classes;
    }
}
