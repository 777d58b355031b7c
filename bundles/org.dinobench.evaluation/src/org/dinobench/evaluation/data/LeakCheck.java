package org.dinobench.evaluation.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.problem.BadInputException;

/**
 * Looks, before an evaluation, for images on the test side that the training side holds too: equal content, or a
 * member of the same near-duplicate group or patient, or a copy that {@link CopySearch} found. Such images measure memory
 * instead of features.
 */
public final class LeakCheck {
    private static final int SHOWN = 20;

    private LeakCheck() {}

    /** What an evaluation does about a leak. */
    public enum Policy {
        /** It ends with a {@link BadInputException}. */
        REFUSE,
        /** It goes on, and its report carries the finding first and in red. */
        MARK
    }

    /**
     * One pair across the split.
     *
     * @param trainId an image of the training side
     * @param testId its counterpart on the test side
     * @param reason {@code same content}, {@code same group} or {@code near-duplicate}
     * @param labelConflict whether the two carry different labels
     */
    public record Pair(String trainId, String testId, String reason, boolean labelConflict) {}

    /**
     * The outcome.
     *
     * @param leakedTestImages test images with a counterpart in training
     * @param testImages all test images
     * @param labelConflicts leaked test images whose counterpart has another label
     * @param examples up to 20 pairs
     */
    public record Finding(int leakedTestImages, int testImages, int labelConflicts, List<Pair> examples) {
        /** Copies the list. */
        public Finding {
            examples = List.copyOf(examples);
        }

        /** Whether nothing was found. */
        public boolean clean() {
            return leakedTestImages == 0;
        }

        /** One sentence for reports. */
        public String sentence() {
            if (clean()) {
                return "No image and no group of near-duplicates stands on both sides of the split.";
            }
            Pair first = examples.get(0);
            return leakedTestImages + " of " + testImages + " test images are also in the training part (for example "
                    + first.testId() + " and " + first.trainId() + ": " + first.reason() + "), " + labelConflicts
                    + " of them under another label";
        }
    }

    /**
     * Compares both sides.
     *
     * @throws BadInputException when something is found and {@code policy} is {@link Policy#REFUSE}
     */
    public static Finding check(LabelledSet set, Split split, Policy policy) {
        Map<Integer, List<Integer>> trainUnits = new HashMap<>();
        for (int i : split.train()) {
            trainUnits.computeIfAbsent(set.unit(i), u -> new ArrayList<>()).add(i);
        }
        int leaked = 0;
        int conflicts = 0;
        List<Pair> pairs = new ArrayList<>();
        int[] test = split.test();
        for (int i : test) {
            List<Integer> others = trainUnits.get(set.unit(i));
            if (others == null) {
                continue;
            }
            leaked++;
            Pair pair = pair(set, others, i);
            conflicts += pair.labelConflict() ? 1 : 0;
            if (pairs.size() < SHOWN) {
                pairs.add(pair);
            }
        }
        Finding finding = new Finding(leaked, test.length, conflicts, pairs);
        if (!finding.clean() && policy == Policy.REFUSE) {
            throw new BadInputException(
                    set.name(),
                    finding.sentence(),
                    "use a grouped split, remove the duplicates first, or allow leaks to have them marked in the"
                            + " report");
        }
        return finding;
    }

    /** The pair to show: the counterpart of equal content if there is one; a conflict with any counterpart counts. */
    private static Pair pair(LabelledSet set, List<Integer> trains, int test) {
        EvalImage image = set.images().get(test);
        EvalImage shown = set.images().get(trains.get(0));
        boolean content = false;
        boolean conflict = false;
        boolean group = false;
        for (int train : trains) {
            EvalImage other = set.images().get(train);
            conflict |= set.label(train) != set.label(test);
            if (!content && !other.hash().isEmpty() && other.hash().equals(image.hash())) {
                content = true;
                shown = other;
            } else if (!content && !group && sameGroup(image, other)) {
                group = true;
                shown = other;
            }
        }
        String reason = content ? "same content" : group ? "same group" : "near-duplicate";
        return new Pair(shown.id(), image.id(), reason, conflict);
    }

    private static boolean sameGroup(EvalImage a, EvalImage b) {
        return !a.group().isEmpty() && a.group().equals(b.group());
    }
}
