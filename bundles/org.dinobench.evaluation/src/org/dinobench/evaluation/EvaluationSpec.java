package org.dinobench.evaluation;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.CopySearch;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.evaluation.features.Views;
import org.dinobench.evaluation.knn.KnnSpec;
import org.dinobench.evaluation.linear.LogisticSpec;
import org.dinobench.evaluation.linear.ProbeSpec;
import org.dinobench.evaluation.segmentation.MaskSource;
import org.dinobench.evaluation.segmentation.SegmentationSpec;
import org.dinobench.imaging.augment.EvalTransform;

/**
 * What is measured and how.
 *
 * @param tasks what to measure, at least one
 * @param features what stands for an image
 * @param views how often an image is looked at for its vector; segmentation and the linear probe look once
 * @param transform how images are prepared; its size is a multiple of the model's patch
 * @param knn how neighbours vote
 * @param logistic how the logistic regression is fitted
 * @param probe how the linear probe is trained
 * @param segmentation how the segmentation head is trained
 * @param masks where the masks for {@link Task#SEGMENTATION} lie; empty when that is no task
 * @param split where the split comes from
 * @param testFraction test part of a grouped split, above 0 and below 1
 * @param minimumPerClass independent images that every class needs, at least 2
 * @param leaveOutRare whether classes with fewer are left out and named in the report; otherwise they are bad input
 * @param copies how near-duplicates are looked for before the split; empty trusts the groups of the data
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
        Views views,
        EvalTransform transform,
        KnnSpec knn,
        LogisticSpec logistic,
        ProbeSpec probe,
        SegmentationSpec segmentation,
        Optional<MaskSource> masks,
        SplitRule split,
        double testFraction,
        int minimumPerClass,
        boolean leaveOutRare,
        Optional<CopySearch> copies,
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
     * @param small whether the set has at most some thousand images: centred features, CLS beside the mean patch, and a
     *     shorter linear probe; otherwise as the reference
     */
    public static EvaluationSpec usual(Set<Task> tasks, EvalTransform transform, boolean small, long seed) {
        return new EvaluationSpec(
                tasks.isEmpty() ? EnumSet.noneOf(Task.class) : EnumSet.copyOf(tasks),
                small ? FeatureKind.CLS_AND_MEAN_PATCH : FeatureKind.CLS,
                Views.ONE,
                transform,
                small ? KnnSpec.smallSet() : KnnSpec.dinov2(),
                LogisticSpec.usual(),
                small ? ProbeSpec.small() : ProbeSpec.dinov2(),
                SegmentationSpec.usual(seed),
                Optional.empty(),
                SplitRule.AUTO,
                0.2,
                2,
                false,
                Optional.of(CopySearch.usual()),
                LeakCheck.Policy.REFUSE,
                true,
                6,
                32,
                Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
                seed);
    }

    /** This with another rule for leaks. */
    public EvaluationSpec withLeaks(LeakCheck.Policy policy) {
        return new Changes(this).leaks(policy).spec();
    }

    /** This with another linear probe. */
    public EvaluationSpec withProbe(ProbeSpec other) {
        return new Changes(this).probe(other).spec();
    }

    /** This with another origin of the split. */
    public EvaluationSpec withSplit(SplitRule rule) {
        return new Changes(this).split(rule).spec();
    }

    /** This with another number of neighbours, or another vote. */
    public EvaluationSpec withKnn(KnnSpec other) {
        return new Changes(this).knn(other).spec();
    }

    /** This, looking at every image in other ways. */
    public EvaluationSpec withViews(Views other) {
        return new Changes(this).views(other).spec();
    }

    /** This with masks. */
    public EvaluationSpec withMasks(MaskSource source) {
        return new Changes(this).masks(source).spec();
    }

    /** This without a search for near-duplicates: the groups of the data are trusted. */
    public EvaluationSpec trustingGroups() {
        return new Changes(this).copies(Optional.empty()).spec();
    }

    /** This, leaving out classes with too few images instead of refusing the set. */
    public EvaluationSpec leavingOutRare() {
        return new Changes(this).leaveOutRare().spec();
    }

    /** A copy whose parts are changed one after the other. */
    private static final class Changes {
        private final EvaluationSpec from;
        private Views views;
        private KnnSpec knn;
        private ProbeSpec probe;
        private Optional<MaskSource> masks;
        private SplitRule split;
        private Optional<CopySearch> copies;
        private LeakCheck.Policy leaks;
        private boolean leaveOutRare;

        Changes(EvaluationSpec from) {
            this.from = from;
            views = from.views;
            knn = from.knn;
            probe = from.probe;
            masks = from.masks;
            split = from.split;
            copies = from.copies;
            leaks = from.leaks;
            leaveOutRare = from.leaveOutRare;
        }

        Changes views(Views value) {
            views = value;
            return this;
        }

        Changes knn(KnnSpec value) {
            knn = value;
            return this;
        }

        Changes probe(ProbeSpec value) {
            probe = value;
            return this;
        }

        Changes masks(MaskSource value) {
            masks = Optional.of(value);
            return this;
        }

        Changes split(SplitRule value) {
            split = value;
            return this;
        }

        Changes copies(Optional<CopySearch> value) {
            copies = value;
            return this;
        }

        Changes leaveOutRare() {
            leaveOutRare = true;
            return this;
        }

        Changes leaks(LeakCheck.Policy value) {
            leaks = value;
            return this;
        }

        EvaluationSpec spec() {
            return new EvaluationSpec(
                    from.tasks,
                    from.features,
                    views,
                    from.transform,
                    knn,
                    from.logistic,
                    probe,
                    from.segmentation,
                    masks,
                    split,
                    from.testFraction,
                    from.minimumPerClass,
                    leaveOutRare,
                    copies,
                    leaks,
                    from.baselines,
                    from.pictures,
                    from.batchSize,
                    from.workers,
                    from.seed);
        }
    }
}
