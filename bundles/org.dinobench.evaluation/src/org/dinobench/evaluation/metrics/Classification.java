package org.dinobench.evaluation.metrics;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;

/**
 * Everything measured about one classifier on one test part. Shares are 0 to 1.
 *
 * @param accuracy share of right predictions
 * @param balancedAccuracy mean recall over the classes present in the test part
 * @param macroF1 mean F1 over the same classes
 * @param macroAuc mean of the per-class areas that exist
 * @param classes one row per class
 * @param confusion true against predicted classes
 * @param calibration confidence against accuracy
 */
public record Classification(
        Interval accuracy,
        Interval balancedAccuracy,
        Interval macroF1,
        double macroAuc,
        List<ClassRow> classes,
        ConfusionMatrix confusion,
        Calibration calibration) {
    /** The specificity at which each class's sensitivity is reported. */
    public static final double FIXED_SPECIFICITY = 0.9;

    /** Copies the list. */
    public Classification {
        classes = List.copyOf(classes);
    }

    /**
     * One class against all others.
     *
     * @param name its name
     * @param train images to learn from
     * @param test images measured on
     * @param precision right among those called so
     * @param recall right among those that are so (sensitivity); NaN without test images
     * @param f1 harmonic mean of both
     * @param specificity others not called so; NaN without others
     * @param auc area under the curve of its scores; NaN when one side has no images
     * @param sensitivityAtSpecificity the best sensitivity at a specificity of at least 0.9
     */
    public record ClassRow(
            String name,
            int train,
            int test,
            double precision,
            double recall,
            double f1,
            double specificity,
            double auc,
            double sensitivityAtSpecificity) {}

    /**
     * Measures a classifier.
     *
     * @param scores one row per test image, in the order of {@code split.test()}
     */
    public static Classification of(LabelledSet set, Split split, ClassScores scores, Bootstrap bootstrap) {
        return of(set, split, scores, scores.best(), bootstrap);
    }

    /** As above for classifiers that decide otherwise than by the highest score (majority votes with ties). */
    public static Classification of(
            LabelledSet set, Split split, ClassScores scores, int[] predicted, Bootstrap bootstrap) {
        int[] test = split.test();
        int[] truth = set.labels(test);
        int[] units = set.units(test);
        ConfusionMatrix confusion = ConfusionMatrix.of(set.classes(), truth, predicted);
        int[] train = new int[set.classes().size()];
        for (int i : split.train()) {
            train[set.label(i)]++;
        }
        List<ClassRow> rows = new ArrayList<>();
        for (int c = 0; c < set.classes().size(); c++) {
            rows.add(row(set.classes().get(c), c, train[c], confusion, roc(scores, truth, c)));
        }
        List<Interval> intervals = bootstrap.intervals(units, truth, drawn -> {
            ConfusionMatrix matrix = resampled(set, truth, predicted, drawn);
            return new double[] {matrix.accuracy(), matrix.balancedAccuracy(), matrix.macroF1()};
        });
        return new Classification(
                intervals.get(0),
                intervals.get(1),
                intervals.get(2),
                rows.stream()
                        .mapToDouble(ClassRow::auc)
                        .filter(v -> !Double.isNaN(v))
                        .average()
                        .orElse(Double.NaN),
                rows,
                confusion,
                Calibration.of(scores, truth));
    }

    /** The curve of one class against the others. */
    public static RocCurve roc(ClassScores scores, int[] truth, int c) {
        double[] values = new double[truth.length];
        boolean[] positive = new boolean[truth.length];
        for (int i = 0; i < truth.length; i++) {
            values[i] = scores.at(i, c);
            positive[i] = truth[i] == c;
        }
        return RocCurve.of(values, positive);
    }

    private static ClassRow row(String name, int c, int train, ConfusionMatrix confusion, RocCurve roc) {
        return new ClassRow(
                name,
                train,
                confusion.support(c),
                confusion.precision(c),
                confusion.recall(c),
                confusion.f1(c),
                confusion.specificity(c),
                roc.area(),
                roc.sensitivityAt(FIXED_SPECIFICITY));
    }

    private static ConfusionMatrix resampled(LabelledSet set, int[] truth, int[] predicted, int[] drawn) {
        int[] t = new int[drawn.length];
        int[] p = new int[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            t[i] = truth[drawn[i]];
            p[i] = predicted[drawn[i]];
        }
        return ConfusionMatrix.of(set.classes(), t, p);
    }
}
