package org.dinobench.evaluation.knn;

import java.util.List;
import org.dinobench.core.problem.BadInputException;

/**
 * How nearest neighbours vote.
 *
 * @param k numbers of neighbours to report, ascending, each at least 1
 * @param primary the k whose details (classes, confusion, predictions) are reported; one of {@code k}
 * @param temperature divides the similarities before the softmax of {@link Voting#SOFTMAX}; above 0
 * @param scaling what is done to features before they are brought to length 1
 * @param voting how the neighbours are weighted
 * @param resamples bootstrap resamples of the confidence intervals, at least 100
 * @param seed of the bootstrap
 */
public record KnnSpec(
        List<Integer> k,
        int primary,
        double temperature,
        FeatureScaling scaling,
        Voting voting,
        int resamples,
        long seed) {
    /** How neighbours are weighted. */
    public enum Voting {
        /**
         * DINOv2's weights: softmax of similarity over temperature across the largest k, of which the first k are
         * summed per class; scores of a smaller k therefore sum to less than 1.
         */
        SOFTMAX,
        /** One neighbour, one vote; among equal counts the class of the larger summed similarity wins. */
        MAJORITY
    }

    /** Checks ranges. */
    public KnnSpec {
        k = List.copyOf(k);
        if (k.isEmpty()
                || k.get(0) < 1
                || !k.equals(k.stream().sorted().distinct().toList())) {
            throw new BadInputException("knn.k", k + " is not an ascending list of positive numbers", "such as 10, 20");
        }
        if (!k.contains(primary)) {
            throw new BadInputException("knn.primary", primary + " is none of the k " + k, "choose one of them");
        }
        if (!(temperature > 0)) {
            throw new BadInputException("knn.temperature", temperature + " is not above 0", "0.07 is the reference's");
        }
    }

    /** The reference's evaluation (DINOv2, appendix B and its evaluation code): k 10, 20, 100, 200 at 0.07. */
    public static KnnSpec dinov2() {
        return new KnnSpec(List.of(10, 20, 100, 200), 20, 0.07, FeatureScaling.AS_IS, Voting.SOFTMAX, 1000, 0);
    }

    /**
     * For sets of some hundred to some thousand images: the reference's weights on centred features and fewer
     * neighbours. On raw pixels of lesion images the weights are worth 1.5 points over equal votes, the centring 7.
     */
    public static KnnSpec smallSet() {
        return new KnnSpec(List.of(1, 5, 10, 20), 10, 0.07, FeatureScaling.CENTRED, Voting.SOFTMAX, 1000, 0);
    }

    /** This with features scaled another way. */
    public KnnSpec withScaling(FeatureScaling other) {
        return new KnnSpec(k, primary, temperature, other, voting, resamples, seed);
    }
}
