package org.dinobench.evaluation.knn;

import java.util.List;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.Classification;

/**
 * What nearest neighbours say about one kind of features.
 *
 * @param features what was measured, such as {@code "CLS + mean patch of teacher"} or {@code "raw pixels 16x16"}
 * @param dimensions length of a feature vector
 * @param spec how the neighbours voted
 * @param split how the split came about
 * @param trainImages images to learn from
 * @param testImages images measured on
 * @param leak what the leak check found
 * @param byK accuracy and balanced accuracy for each k
 * @param skippedK values of k larger than the training part
 * @param details everything about the primary k (or the nearest usable one)
 * @param detailsK which k that is
 * @param predictions one row per test image in the split's order
 */
public record KnnReport(
        String features,
        int dimensions,
        KnnSpec spec,
        String split,
        int trainImages,
        int testImages,
        LeakCheck.Finding leak,
        List<ByK> byK,
        List<Integer> skippedK,
        Classification details,
        int detailsK,
        Predictions predictions) {
    /** Copies lists. */
    public KnnReport {
        byK = List.copyOf(byK);
        skippedK = List.copyOf(skippedK);
    }

    /** The two headline measures for one k, 0 to 1. */
    public record ByK(int k, double accuracy, double balancedAccuracy) {}

    /**
     * Predictions of the primary k.
     *
     * @param images indices into the labelled set
     * @param predicted class indices
     * @param scores the votes
     */
    public record Predictions(List<Integer> images, List<Integer> predicted, ClassScores scores) {
        /** Copies lists. */
        public Predictions {
            images = List.copyOf(images);
            predicted = List.copyOf(predicted);
        }
    }
}
