package org.dinobench.evaluation.linear;

import java.util.List;
import org.dinobench.core.problem.BadInputException;

/**
 * Logistic regression on frozen features, its strength of regularisation chosen by grouped cross-validation on the
 * training part alone.
 *
 * @param l2 strengths to try, descending, each above 0: the factor of half the squared weights beside the mean
 *     cross-entropy of standardised features
 * @param folds of the cross-validation, at least 2
 * @param balanced whether every class weighs the same in training, however many images it has
 * @param iterations of the optimizer at most
 * @param resamples bootstrap resamples of the confidence intervals
 * @param seed of folds and bootstrap
 */
public record LogisticSpec(List<Double> l2, int folds, boolean balanced, int iterations, int resamples, long seed) {
    /** Checks ranges. */
    public LogisticSpec {
        l2 = List.copyOf(l2);
        for (int i = 0; i < l2.size(); i++) {
            if (!(l2.get(i) > 0) || i > 0 && l2.get(i) >= l2.get(i - 1)) {
                throw new BadInputException("logistic.l2", l2 + " is not a descending list above 0", "such as 1, 0.1");
            }
        }
        if (l2.isEmpty() || folds < 2 || iterations < 1) {
            throw new BadInputException("logistic", "no strengths, fewer than 2 folds or no iterations", "");
        }
    }

    /** Eight strengths from 3 to 0.001, five folds. */
    public static LogisticSpec usual() {
        return new LogisticSpec(List.of(3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001), 5, false, 200, 1000, 0);
    }

    /** Six strengths from 3 to 0.01, three folds: for comparisons, which fit many models. */
    public static LogisticSpec quick() {
        return new LogisticSpec(List.of(3.0, 1.0, 0.3, 0.1, 0.03, 0.01), 3, false, 100, 1000, 0);
    }
}
