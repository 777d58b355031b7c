package org.dinobench.evaluation.compare;

import java.util.Arrays;
import java.util.List;
import org.dinobench.evaluation.metrics.Bootstrap;
import org.dinobench.evaluation.metrics.ConfusionMatrix;
import org.dinobench.evaluation.metrics.Interval;

/**
 * What classifiers call the pooled test images, and the measures of that with intervals.
 *
 * @param classes class names
 * @param truth true class of each test image
 * @param units what is drawn together
 */
record PooledPredictions(List<String> classes, int[] truth, int[] units) {
    /** Measures of one classifier. */
    ComparisonReport.Measures measures(int[] predicted, Bootstrap bootstrap) {
        List<Interval> found = bootstrap.intervals(units, truth, drawn -> of(predicted, drawn));
        return new ComparisonReport.Measures(found.get(0), found.get(1), found.get(2));
    }

    /** Accuracy and balanced accuracy of one classifier minus those of another, over paired resamples. */
    List<Interval> differences(int[] predicted, int[] against, Bootstrap bootstrap) {
        return bootstrap.intervals(units, truth, drawn -> {
            double[] one = of(predicted, drawn);
            double[] other = of(against, drawn);
            return new double[] {one[0] - other[0], one[1] - other[1]};
        });
    }

    private double[] of(int[] predicted, int[] drawn) {
        ConfusionMatrix matrix = ConfusionMatrix.of(
                classes,
                Arrays.stream(drawn).map(i -> truth[i]).toArray(),
                Arrays.stream(drawn).map(i -> predicted[i]).toArray());
        return new double[] {matrix.accuracy(), matrix.balancedAccuracy(), matrix.macroF1()};
    }
}
