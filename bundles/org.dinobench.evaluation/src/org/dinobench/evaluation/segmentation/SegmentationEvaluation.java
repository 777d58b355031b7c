package org.dinobench.evaluation.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.metrics.Bootstrap;
import org.dinobench.evaluation.metrics.Interval;

/**
 * Measures patch features by segmentation with a linear head. The same object measures a model and its baselines, so
 * that they share split, masks and rules.
 */
public final class SegmentationEvaluation {
    private final LabelledSet set;
    private final Split split;
    private final MaskFolder masks;
    private final SegmentationSpec spec;
    private final LeakCheck.Finding leak;

    /**
     * Checks the split for leaks and that it can teach every class.
     *
     * @throws BadInputException when there is a leak and {@code policy} refuses it, or a class of the test masks is in no
     *     training mask
     */
    public SegmentationEvaluation(
            LabelledSet set, Split split, MaskFolder masks, SegmentationSpec spec, LeakCheck.Policy policy) {
        this.set = set;
        this.split = split;
        this.masks = masks;
        this.spec = spec;
        this.leak = LeakCheck.check(set, split, policy);
        requireClasses();
    }

    /**
     * A report with the trained head, for pictures.
     *
     * @param report the measures
     * @param head the head behind them
     */
    public record Outcome(SegmentationReport report, LinearHead head) {}

    /**
     * Trains and measures.
     *
     * @param name what the features are
     * @param tokens of all images of the set, in its order
     */
    public Outcome evaluate(String name, PatchTokens tokens, JobMonitor monitor) {
        int classes = masks.classes().size();
        List<CellTargets> targets = targets(tokens.grid() * spec.cells(), classes);
        HeadTraining training = new HeadTraining(spec, tokens, targets, classes);
        int parts = Math.max(2, (int) Math.round(1 / spec.validationShare()));
        Split inner = Split.folds(set, split.train(), parts, spec.seed()).get(0);
        boolean one = spec.learningRates().size() == 1 || inner.test().length == 0 || inner.train().length == 0;
        int rates = one ? 0 : spec.learningRates().size();
        monitor.begin("Segmentation head", (rates + 1L) * spec.iterations() + (long) rates * inner.test().length);
        List<SegmentationReport.Candidate> candidates = new ArrayList<>();
        double best = spec.learningRates().get(0);
        if (!one) {
            double most = -1;
            for (double rate : spec.learningRates()) {
                LinearHead head = training.train(inner.train(), rate, monitor);
                double iou = summed(counts(head, tokens, inner.test(), monitor)).meanIou();
                candidates.add(new SegmentationReport.Candidate(rate, iou));
                if (iou > most) {
                    most = iou;
                    best = rate;
                }
            }
        }
        LinearHead head = training.train(split.train(), best, monitor);
        monitor.begin("Measuring masks", split.test().length);
        PixelCounts[] counts = counts(head, tokens, split.test(), monitor);
        return new Outcome(report(name, tokens, candidates, best, counts), head);
    }

    /** The masks. */
    public MaskFolder masks() {
        return masks;
    }

    private List<CellTargets> targets(int side, int classes) {
        List<CellTargets> targets = new ArrayList<>(Collections.nCopies(set.size(), null));
        for (int i : split.train()) {
            targets.set(i, CellTargets.of(masks.read(i), classes, side));
        }
        return targets;
    }

    private PixelCounts[] counts(LinearHead head, PatchTokens tokens, int[] images, JobMonitor monitor) {
        PixelCounts[] counts = new PixelCounts[images.length];
        for (int i = 0; i < images.length; i++) {
            monitor.checkStopped();
            LabelMap truth = masks.read(images[i]);
            LabelMap predicted =
                    head.predict(tokens.images().get(images[i]), tokens.grid(), truth.width(), truth.height());
            counts[i] = PixelCounts.of(truth, predicted, masks.classes().size());
            monitor.worked(1);
        }
        return counts;
    }

    private PixelCounts summed(PixelCounts[] counts) {
        return PixelCounts.sum(
                counts,
                IntStream.range(0, counts.length).toArray(),
                masks.classes().size());
    }

    private SegmentationReport report(
            String name,
            PatchTokens tokens,
            List<SegmentationReport.Candidate> candidates,
            double rate,
            PixelCounts[] counts) {
        int classes = masks.classes().size();
        PixelCounts all = summed(counts);
        List<Interval> intervals = new Bootstrap(spec.resamples(), spec.seed())
                .intervals(set.units(split.test()), drawn -> measures(PixelCounts.sum(counts, drawn, classes)));
        double pixels = IntStream.range(0, classes).mapToLong(all::support).sum();
        List<SegmentationReport.ClassRow> rows = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            MaskClass of = masks.classes().get(c);
            rows.add(new SegmentationReport.ClassRow(
                    of.name(),
                    MaskClass.text(of.colour()),
                    all.support(c) / pixels,
                    intervals.get(3 + c),
                    intervals.get(3 + classes + c)));
        }
        return new SegmentationReport(
                name,
                tokens.width(),
                tokens.grid(),
                spec,
                split.description(),
                leak,
                split.train().length,
                split.test().length,
                candidates,
                rate,
                intervals.get(0),
                intervals.get(1),
                intervals.get(2),
                rows,
                Arrays.stream(all.counts())
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList(),
                imageRows(counts));
    }

    private List<SegmentationReport.ImageRow> imageRows(PixelCounts[] counts) {
        List<SegmentationReport.ImageRow> rows = new ArrayList<>();
        int classes = masks.classes().size();
        for (int i = 0; i < counts.length; i++) {
            PixelCounts own = counts[i];
            rows.add(new SegmentationReport.ImageRow(
                    set.images().get(split.test()[i]).id(),
                    own.accuracy(),
                    IntStream.range(0, classes).mapToObj(own::iou).toList(),
                    IntStream.range(0, classes).mapToObj(own::dice).toList()));
        }
        return rows;
    }

    /** Mean IoU, mean Dice, pixel accuracy, then IoU and Dice of each class. */
    private static double[] measures(PixelCounts counts) {
        int classes = counts.counts().length;
        double[] values = new double[3 + 2 * classes];
        values[0] = counts.meanIou();
        values[1] = counts.meanDice();
        values[2] = counts.accuracy();
        for (int c = 0; c < classes; c++) {
            values[3 + c] = counts.iou(c);
            values[3 + classes + c] = counts.dice(c);
        }
        return values;
    }

    private void requireClasses() {
        boolean[] train = seen(split.train());
        boolean[] test = seen(split.test());
        for (int c = 0; c < train.length; c++) {
            if (test[c] && !train[c]) {
                throw new BadInputException(
                        set.name(),
                        "the class \"" + masks.classes().get(c).name() + "\" is in no training mask but in test masks",
                        "add training images that show it, or try another --seed");
            }
        }
    }

    private boolean[] seen(int[] images) {
        boolean[] seen = new boolean[masks.classes().size()];
        for (int i : images) {
            for (byte label : masks.read(i).classes()) {
                if ((label & 0xff) != LabelMap.IGNORED) {
                    seen[label & 0xff] = true;
                }
            }
        }
        return seen;
    }
}
