package org.dinobench.ui.evaluation.model;

import java.util.Arrays;
import java.util.List;

/**
 * Counts of true classes (rows) against predicted ones (columns).
 *
 * @param classes names in the order of rows and columns
 * @param counts square, one row a class
 */
public record Confusion(List<String> classes, List<int[]> counts) {
    /** Copies the lists and checks that the matrix is square. */
    public Confusion {
        classes = List.copyOf(classes);
        counts = List.copyOf(counts);
        int n = classes.size();
        if (counts.size() != n || counts.stream().anyMatch(row -> row.length != n)) {
            throw new IllegalArgumentException(
                    "The confusion matrix is not " + n + " by " + n); // $NON-NLS-1$ //$NON-NLS-2$
        }
    }

    /**
     * A cell.
     *
     * @param truth row
     * @param predicted column
     * @return number of images
     */
    public int count(int truth, int predicted) {
        return counts.get(truth)[predicted];
    }

    /**
     * Images of a class.
     *
     * @param truth row
     * @return sum of the row
     */
    public int support(int truth) {
        return Arrays.stream(counts.get(truth)).sum();
    }

    /**
     * A cell as a share of its row.
     *
     * @param truth row
     * @param predicted column
     * @return 0 to 1, 0 for an empty row
     */
    public double share(int truth, int predicted) {
        int all = support(truth);
        return all == 0 ? 0 : count(truth, predicted) / (double) all;
    }
}
