package org.dinobench.evaluation.compare;

import java.util.List;
import java.util.Optional;
import org.dinobench.evaluation.data.CopySearch;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.metrics.Interval;

/**
 * Several kinds of features on the same test images.
 *
 * @param set what was measured on
 * @param images images that took part
 * @param classes their classes
 * @param leftOut classes with too few images
 * @param split how test images were chosen
 * @param method what stands for an image and how neighbours are compared, as a sentence
 * @param measured test images, pooled over folds
 * @param leak what the leak check found
 * @param copies near-duplicates found before the split; empty when they were not looked for
 * @param rows one per kind of features, baselines first
 * @param differences every later row against every earlier one
 */
public record ComparisonReport(
        String set,
        int images,
        List<String> classes,
        List<String> leftOut,
        String split,
        String method,
        int measured,
        LeakCheck.Finding leak,
        Optional<CopySearch.Finding> copies,
        List<Row> rows,
        List<Difference> differences) {
    /** Copies lists. */
    public ComparisonReport {
        classes = List.copyOf(classes);
        leftOut = List.copyOf(leftOut);
        rows = List.copyOf(rows);
        differences = List.copyOf(differences);
    }

    /**
     * One classifier on one kind of features, 0 to 1, with 95 % intervals.
     *
     * @param accuracy share of right predictions
     * @param balancedAccuracy mean recall over classes
     * @param macroF1 mean F1 over classes
     */
    public record Measures(Interval accuracy, Interval balancedAccuracy, Interval macroF1) {}

    /**
     * One kind of features.
     *
     * @param name what they are
     * @param dimensions length of a vector
     * @param knn nearest neighbours
     * @param linear logistic regression
     */
    public record Row(String name, int dimensions, Measures knn, Measures linear) {}

    /**
     * How much better one row is than another on the same images: the interval is that of the difference over paired
     * resamples, so 0 outside it means a difference beyond chance at 5 %.
     *
     * @param name the row
     * @param against the other row
     * @param knnAccuracy difference of accuracies by nearest neighbours
     * @param knnBalanced likewise of balanced accuracies
     * @param linearAccuracy by logistic regression
     * @param linearBalanced likewise
     */
    public record Difference(
            String name,
            String against,
            Interval knnAccuracy,
            Interval knnBalanced,
            Interval linearAccuracy,
            Interval linearBalanced) {}
}
