package org.dinobench.evaluation.knn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.Classification;
import org.dinobench.evaluation.metrics.RocCurve;

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

    /** Operating characteristics of the primary k for the classes measurable on this test part, by name. */
    public Map<String, RocCurve> curves(LabelledSet set) {
        int[] truth = predictions.images().stream().mapToInt(set::label).toArray();
        Map<String, RocCurve> curves = new LinkedHashMap<>();
        for (int c = 0; c < set.classes().size(); c++) {
            RocCurve curve = Classification.roc(predictions.scores(), truth, c);
            if (!Double.isNaN(curve.area())) {
                curves.put(set.classes().get(c), curve);
            }
        }
        return curves;
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
