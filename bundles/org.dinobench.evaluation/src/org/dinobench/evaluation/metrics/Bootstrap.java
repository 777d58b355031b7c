package org.dinobench.evaluation.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Confidence intervals by resampling whole units (patients, near-duplicate groups) with replacement, percentile
 * method: images of one unit are not independent, so they are drawn together.
 *
 * @param resamples number of resamples, at least 100; 1000 is usual
 * @param seed of the draws
 */
public record Bootstrap(int resamples, long seed) {
    /** Checks the number of resamples. */
    public Bootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException(resamples + " resamples are too few for a 95 % interval");
        }
    }

    /**
     * @param units the unit of each test image
     * @param statistic computes the measure from the images drawn (indices into the test part, with repeats); a NaN
     *     result of a resample is left out
     */
    public Interval interval(int[] units, ToDoubleFunction<int[]> statistic) {
        return intervals(units, drawn -> new double[] {statistic.applyAsDouble(drawn)})
                .get(0);
    }

    /**
     * Intervals of several measures from the same resamples.
     *
     * @param statistic as above; always the same number of measures
     */
    public List<Interval> intervals(int[] units, Function<int[], double[]> statistic) {
        return intervals(units, new int[units.length], statistic);
    }

    /**
     * Intervals from resamples in which every class has as many units as in the test part (stratified): no class is
     * missing from any, however few images it has, so that measures averaged over classes keep their meaning.
     *
     * @param units the unit of each test image
     * @param classes the class of each test image; a unit of several classes is drawn with that of its first image
     * @param statistic as above
     */
    public List<Interval> intervals(int[] units, int[] classes, Function<int[], double[]> statistic) {
        if (units.length != classes.length) {
            throw new IllegalArgumentException(units.length + " units, " + classes.length + " classes");
        }
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < units.length; i++) {
            members.computeIfAbsent(units[i], u -> new ArrayList<>()).add(i);
        }
        Map<Integer, List<List<Integer>>> strata = new LinkedHashMap<>();
        members.values().forEach(unit -> strata.computeIfAbsent(classes[unit.get(0)], c -> new ArrayList<>())
                .add(unit));
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[resamples][];
        for (int r = 0; r < resamples; r++) {
            List<Integer> drawn = new ArrayList<>(units.length);
            for (List<List<Integer>> stratum : strata.values()) {
                for (int u = 0; u < stratum.size(); u++) {
                    drawn.addAll(stratum.get(random.nextInt(stratum.size())));
                }
            }
            values[r] =
                    statistic.apply(drawn.stream().mapToInt(Integer::intValue).toArray());
        }
        int[] everything = new int[units.length];
        Arrays.setAll(everything, i -> i);
        double[] measured = statistic.apply(everything);
        List<Interval> intervals = new ArrayList<>();
        for (int m = 0; m < measured.length; m++) {
            int measure = m;
            double[] sorted = Arrays.stream(values)
                    .mapToDouble(row -> row[measure])
                    .filter(v -> !Double.isNaN(v))
                    .sorted()
                    .toArray();
            intervals.add(new Interval(measured[m], percentile(sorted, 0.025), percentile(sorted, 0.975)));
        }
        return intervals;
    }

    private static double percentile(double[] sorted, double p) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = p * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
