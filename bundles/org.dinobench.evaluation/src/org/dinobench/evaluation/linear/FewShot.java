package org.dinobench.evaluation.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.metrics.ConfusionMatrix;

/**
 * How far a few labelled images per class go: logistic regressions on random draws from the training part, measured on
 * the whole test part. Of each near-duplicate group or patient at most one image is drawn.
 *
 * @param shots numbers of images per class; a class with fewer gives all it has
 * @param repeats draws per number, at least 1
 * @param l2 strength of the regression
 * @param seed of the draws
 */
public record FewShot(List<Integer> shots, int repeats, double l2, long seed) {
    /** Copies the list. */
    public FewShot {
        shots = List.copyOf(shots);
    }

    /** 1, 2, 5, 10 and 20 images, five draws each. */
    public static FewShot usual(long seed) {
        return new FewShot(List.of(1, 2, 5, 10, 20), 5, 0.1, seed);
    }

    /**
     * Results of one number of images per class, over the draws.
     *
     * @param shots images per class
     * @param accuracy mean accuracy
     * @param accuracyDeviation its standard deviation
     * @param balancedAccuracy mean balanced accuracy
     * @param balancedDeviation its standard deviation
     */
    public record Point(
            int shots, double accuracy, double accuracyDeviation, double balancedAccuracy, double balancedDeviation) {}

    /** Measures the curve. */
    public List<Point> curve(LabelledSet set, Split split, FeatureMatrix features, JobMonitor monitor) {
        monitor.begin("Few-shot curve", (long) shots.size() * repeats);
        FeatureMatrix test = features.rows(split.test());
        int[] truth = set.labels(split.test());
        List<Point> curve = new ArrayList<>();
        for (int count : shots) {
            double[] accuracy = new double[repeats];
            double[] balanced = new double[repeats];
            for (int r = 0; r < repeats; r++) {
                int[] drawn = draw(set, split, count, new Random(seed + 1000L * count + r));
                LinearModel model = new LogisticRegression(100, true)
                        .path(
                                features.rows(drawn),
                                set.labels(drawn),
                                set.classes().size(),
                                List.of(l2),
                                monitor)
                        .get(0);
                ConfusionMatrix confusion = ConfusionMatrix.of(
                        set.classes(), truth, model.probabilities(test).best());
                accuracy[r] = confusion.accuracy();
                balanced[r] = confusion.balancedAccuracy();
                monitor.worked(1);
            }
            curve.add(new Point(count, mean(accuracy), deviation(accuracy), mean(balanced), deviation(balanced)));
        }
        return curve;
    }

    private static int[] draw(LabelledSet set, Split split, int count, Random random) {
        List<Integer> order = new ArrayList<>();
        Arrays.stream(split.train()).forEach(order::add);
        Collections.shuffle(order, random);
        int[] taken = new int[set.classes().size()];
        Set<Integer> units = new HashSet<>();
        List<Integer> drawn = new ArrayList<>();
        for (int i : order) {
            if (taken[set.label(i)] < count && units.add(set.unit(i))) {
                taken[set.label(i)]++;
                drawn.add(i);
            }
        }
        return drawn.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, values.length - 1));
    }
}
