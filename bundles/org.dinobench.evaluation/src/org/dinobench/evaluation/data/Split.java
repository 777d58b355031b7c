package org.dinobench.evaluation.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.dinobench.core.problem.BadInputException;

/**
 * Which images of a {@link LabelledSet} an evaluation learns from and which it is measured on. Immutable.
 */
public final class Split {
    private final String description;
    private final int[] train;
    private final int[] test;

    Split(String description, int[] train, int[] test) {
        this.description = description;
        this.train = train;
        this.test = test;
    }

    /**
     * The split written in the data: {@code train} against {@code test}, or against {@code val} when nothing is marked
     * {@code test}. Images with any other mark take no part.
     *
     * @throws BadInputException when one of the sides is empty
     */
    public static Split given(LabelledSet set) {
        int[] train = where(set, i -> "train".equals(set.images().get(i).split()));
        int[] test = where(set, i -> "test".equals(set.images().get(i).split()));
        String measured = "test";
        if (test.length == 0) {
            test = where(set, i -> "val".equals(set.images().get(i).split()));
            measured = "val";
        }
        if (train.length == 0 || test.length == 0) {
            throw new BadInputException(
                    set.name(),
                    "the split column marks " + train.length + " images train and " + test.length + " test",
                    "fill it, or ask for a grouped split instead of the given one");
        }
        return new Split("given split, measured on " + measured, train, test);
    }

    /**
     * A seeded split in which no unit (near-duplicate group, patient, equal content) stands on both sides, and whose
     * test part has every class in about the asked fraction. Units are dealt in random order; each goes to the test
     * part if that brings the class counts there nearer to their targets.
     *
     * @param fraction the test part, above 0 and below 1; 0.2 is usual
     * @throws BadInputException when a class of a labelled set has fewer than two independent units: it cannot be on both sides
     */
    public static Split grouped(LabelledSet set, double fraction, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new BadInputException(
                    "test fraction", fraction + " is not a fraction", "choose a value between 0 and 1, such as 0.2");
        }
        set.requireUnits(2);
        int[] fold = new Dealer(set, seed).deal(new double[] {1 - fraction, fraction});
        return new Split(
                String.format(
                        java.util.Locale.ROOT,
                        "grouped %.0f/%.0f split, seed %d",
                        100 * (1 - fraction),
                        100 * fraction,
                        seed),
                where(set, i -> fold[i] == 0),
                where(set, i -> fold[i] == 1));
    }

    /**
     * Grouped cross-validation: {@code count} splits whose test parts are disjoint and together hold every one of
     * {@code candidates}; classes are spread evenly, units never cross.
     *
     * @param candidates indices into the set, for instance the training part of another split
     * @param count at least 2
     */
    public static List<Split> folds(LabelledSet set, int[] candidates, int count, long seed) {
        double[] shares = new double[count];
        java.util.Arrays.fill(shares, 1.0 / count);
        int[] fold = new Dealer(set, candidates, seed).deal(shares);
        List<Split> splits = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            int number = f;
            splits.add(new Split(
                    "fold " + (f + 1) + " of " + count + ", seed " + seed,
                    where(set, i -> fold[i] >= 0 && fold[i] != number),
                    where(set, i -> fold[i] == number)));
        }
        return List.copyOf(splits);
    }

    /** A split by explicit indices; used where another tool decided. */
    public static Split of(String description, int[] train, int[] test) {
        return new Split(description, train.clone(), test.clone());
    }

    /** One phrase that says how the split came about, with its seed. */
    public String description() {
        return description;
    }

    /** Indices of the images to learn from, ascending. */
    public int[] train() {
        return train.clone();
    }

    /** Indices of the images to measure on, ascending. */
    public int[] test() {
        return test.clone();
    }

    private static int[] where(LabelledSet set, IntPredicate condition) {
        return IntStream.range(0, set.size()).filter(condition).toArray();
    }
}
