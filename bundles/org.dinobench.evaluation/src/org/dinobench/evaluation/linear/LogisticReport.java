package org.dinobench.evaluation.linear;

import java.util.List;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.Classification;

/**
 * What a logistic regression says about one kind of features.
 *
 * @param features what was measured
 * @param dimensions length of a feature vector
 * @param spec how it was fitted
 * @param split how the split came about
 * @param leak what the leak check found
 * @param path cross-validated measures of each strength tried, strongest first; ends where weaker ones only got worse
 * @param chosenL2 the strength with the least cross-validated loss
 * @param details measured on the test part
 * @param scores class probabilities, one row per test image
 */
public record LogisticReport(
        String features,
        int dimensions,
        LogisticSpec spec,
        String split,
        LeakCheck.Finding leak,
        List<Point> path,
        double chosenL2,
        Classification details,
        ClassScores scores) {
    /** Copies the list. */
    public LogisticReport {
        path = List.copyOf(path);
    }

    /**
     * One strength in cross-validation.
     *
     * @param l2 the strength
     * @param logLoss mean cross-entropy of the held-out images
     * @param accuracy share of them that is right
     */
    public record Point(double l2, double logLoss, double accuracy) {}
}
