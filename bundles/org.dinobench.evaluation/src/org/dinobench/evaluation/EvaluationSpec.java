package org.dinobench.evaluation;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.evaluation.knn.KnnSpec;
import org.dinobench.evaluation.linear.LogisticSpec;
import org.dinobench.evaluation.linear.ProbeSpec;
import org.dinobench.imaging.augment.EvalTransform;

/**
 * What is measured and how.
 *
 * @param tasks what to measure, at least one
 * @param features what stands for an image
 * @param transform how images are prepared; its size is a multiple of the model's patch
 * @param knn how neighbours vote
 * @param logistic how the logistic regression is fitted
 * @param probe how the linear probe is trained
 * @param split where the split comes from
 * @param testFraction test part of a grouped split, above 0 and below 1
 * @param minimumPerClass classes with fewer independent images are left out, at least 2
 * @param leaks what happens when near-duplicates stand on both sides of a given split
 * @param baselines whether raw pixels and the untrained network are measured too
 * @param pictures number of sample images to show, 0 to 20
 * @param batchSize images per forward pass
 * @param workers threads that decode
 * @param seed of split and sampling
 */
public record EvaluationSpec(
        Set<Task> tasks,
        FeatureKind features,
        EvalTransform transform,
        KnnSpec knn,
        LogisticSpec logistic,
        ProbeSpec probe,
        SplitRule split,
        double testFraction,
        int minimumPerClass,
        LeakCheck.Policy leaks,
        boolean baselines,
        int pictures,
        int batchSize,
        int workers,
        long seed) {
    /** Where the split comes from. */
    public enum SplitRule {
        /** The manifest's split column. */
        GIVEN,
        /** A seeded split that groups never cross. */
        GROUPED,
        /** The given one where every image has a mark, else a grouped one. */
        AUTO
    }

    /** Checks ranges. */
    public EvaluationSpec {
        Objects.requireNonNull(features, "features");
        tasks = Set.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new BadInputException("tasks", "none is named", "name at least one, such as knn");
        }
        if (minimumPerClass < 2 || pictures < 0 || pictures > 20 || batchSize < 1 || workers < 1) {
            throw new BadInputException(
                    "evaluation",
                    "minimum per class " + minimumPerClass + ", pictures " + pictures + ", batch " + batchSize
                            + " or workers " + workers + " is out of range",
                    "use at least 2, 0 to 20, at least 1, at least 1");
        }
    }

    /**
     * The usual evaluation of a model on a set of images.
     *
     * @param small whether the set has at most some thousand images: centred features and CLS beside
     *     the mean patch; otherwise as the reference
     */
    public static EvaluationSpec usual(Set<Task> tasks, EvalTransform transform, boolean small, long seed) {
        return new EvaluationSpec(
                tasks.isEmpty() ? EnumSet.noneOf(Task.class) : EnumSet.copyOf(tasks),
                small ? FeatureKind.CLS_AND_MEAN_PATCH : FeatureKind.CLS,
                transform,
                small ? KnnSpec.smallSet() : KnnSpec.dinov2(),
                LogisticSpec.usual(),
                ProbeSpec.small(),
                SplitRule.AUTO,
                0.2,
                2,
                LeakCheck.Policy.REFUSE,
                true,
                6,
                32,
                Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
                seed);
    }

    /** This with another rule for leaks. */
    public EvaluationSpec withLeaks(LeakCheck.Policy policy) {
        return new EvaluationSpec(
                tasks,
                features,
                transform,
                knn,
                logistic,
                probe,
                split,
                testFraction,
                minimumPerClass,
                policy,
                baselines,
                pictures,
                batchSize,
                workers,
                seed);
    }

    /** This with another linear probe. */
    public EvaluationSpec withProbe(ProbeSpec other) {
        return new EvaluationSpec(
                tasks,
                features,
                transform,
                knn,
                logistic,
                other,
                split,
                testFraction,
                minimumPerClass,
                leaks,
                baselines,
                pictures,
                batchSize,
                workers,
                seed);
    }

    /** This with another origin of the split. */
    public EvaluationSpec withSplit(SplitRule rule) {
        return new EvaluationSpec(
                tasks,
                features,
                transform,
                knn,
                logistic,
                probe,
                rule,
                testFraction,
                minimumPerClass,
                leaks,
                baselines,
                pictures,
                batchSize,
                workers,
                seed);
    }
}
