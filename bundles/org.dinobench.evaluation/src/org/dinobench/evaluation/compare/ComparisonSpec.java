package org.dinobench.evaluation.compare;

import java.util.Objects;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.CopySearch;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.evaluation.features.Views;
import org.dinobench.evaluation.knn.KnnSpec;
import org.dinobench.evaluation.linear.LogisticSpec;

/**
 * How several models are compared.
 *
 * @param features what stands for an image
 * @param views how often an image is looked at for it
 * @param size side of the square input in pixels; 0: as each model wants
 * @param knn how neighbours vote; its primary k counts
 * @param logistic how the logistic regression is fitted
 * @param folds grouped folds whose test parts are pooled, at least 2; 1 for one grouped 80/20 split; 0 for the given split
 * @param leaveOutRare whether classes with fewer than two independent images are left out; otherwise they are bad input
 * @param copies how near-duplicates are looked for before the split; empty trusts the groups of the data
 * @param leaks what happens when they stand on both sides of a given split
 * @param baselines whether raw pixels and an untrained network are compared too
 * @param batchSize images per forward pass
 * @param workers threads that decode
 * @param resamples of the bootstrap, at least 100
 * @param seed of splits and bootstrap
 */
public record ComparisonSpec(
        FeatureKind features,
        Views views,
        int size,
        KnnSpec knn,
        LogisticSpec logistic,
        int folds,
        boolean leaveOutRare,
        Optional<CopySearch> copies,
        LeakCheck.Policy leaks,
        boolean baselines,
        int batchSize,
        int workers,
        int resamples,
        long seed) {
    /** Checks ranges. */
    public ComparisonSpec {
        Objects.requireNonNull(features, "features");
        if (folds < 0 || folds > 100) {
            throw new BadInputException(
                    "folds " + folds, "there are 0 to 100", "5 is usual; 1 is a single split, 0 the given one");
        }
        if (size < 0 || batchSize < 1 || workers < 1 || resamples < 100) {
            throw new BadInputException(
                    "comparison",
                    "size " + size + ", batch " + batchSize + ", workers " + workers + " or resamples " + resamples
                            + " is out of range",
                    "use at least 0, at least 1, at least 1, at least 100");
        }
    }

    /** For some thousand images: CLS beside the mean patch, centred, k 10; 1,000 resamples. */
    public static ComparisonSpec usual(int folds, long seed) {
        return new ComparisonSpec(
                FeatureKind.CLS_AND_MEAN_PATCH,
                Views.ONE,
                0,
                KnnSpec.smallSet(),
                LogisticSpec.quick(),
                folds,
                false,
                Optional.of(CopySearch.usual()),
                LeakCheck.Policy.REFUSE,
                true,
                32,
                Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
                1000,
                seed);
    }

    /** This with another rule for leaks. */
    public ComparisonSpec withLeaks(LeakCheck.Policy policy) {
        return new ComparisonSpec(
                features,
                views,
                size,
                knn,
                logistic,
                folds,
                leaveOutRare,
                copies,
                policy,
                baselines,
                batchSize,
                workers,
                resamples,
                seed);
    }

    /** This without a search for near-duplicates: the groups of the data are trusted. */
    public ComparisonSpec trustingGroups() {
        return new ComparisonSpec(
                features,
                views,
                size,
                knn,
                logistic,
                folds,
                leaveOutRare,
                Optional.empty(),
                leaks,
                baselines,
                batchSize,
                workers,
                resamples,
                seed);
    }

    /** This, leaving out classes with too few images instead of refusing the set. */
    public ComparisonSpec leavingOutRare() {
        return new ComparisonSpec(
                features, views, size, knn, logistic, folds, true, copies, leaks, baselines, batchSize, workers,
                resamples, seed);
    }

    /**
     * This with other vectors of the images.
     *
     * @param looks how often a model looks at an image; raw pixels are looked at once
     * @param side of the input in pixels; 0: as each model wants
     * @param vote how neighbours vote
     */
    public ComparisonSpec with(Views looks, int side, KnnSpec vote) {
        return new ComparisonSpec(
                features,
                looks,
                side,
                vote,
                logistic,
                folds,
                leaveOutRare,
                copies,
                leaks,
                baselines,
                batchSize,
                workers,
                resamples,
                seed);
    }
}
