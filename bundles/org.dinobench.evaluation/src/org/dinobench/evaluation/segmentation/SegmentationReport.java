package org.dinobench.evaluation.segmentation;

import java.util.List;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.metrics.Interval;

/**
 * What a linear head on one kind of patch features found. Measures are taken on all test pixels together, at the size of
 * the masks.
 *
 * @param features what was measured
 * @param dimensions length of a patch feature
 * @param grid patches along a side
 * @param spec how the head was trained
 * @param split how the split came about
 * @param leak what the leak check found
 * @param trainImages images learned from
 * @param testImages images measured on
 * @param candidates validation mean IoU of every learning rate
 * @param learningRate the chosen one
 * @param meanIou mean over classes of intersection over union
 * @param meanDice mean over classes of Dice
 * @param pixelAccuracy share of pixels that are right
 * @param classes one row a class
 * @param counts pixels, rows are the truth, columns the prediction
 * @param images one row a test image
 */
public record SegmentationReport(
        String features,
        int dimensions,
        int grid,
        SegmentationSpec spec,
        String split,
        LeakCheck.Finding leak,
        int trainImages,
        int testImages,
        List<Candidate> candidates,
        double learningRate,
        Interval meanIou,
        Interval meanDice,
        Interval pixelAccuracy,
        List<ClassRow> classes,
        List<List<Long>> counts,
        List<ImageRow> images) {
    /** Copies lists. */
    public SegmentationReport {
        candidates = List.copyOf(candidates);
        classes = List.copyOf(classes);
        counts = List.copyOf(counts);
        images = List.copyOf(images);
    }

    /** A learning rate and its mean IoU on the validation part. */
    public record Candidate(double learningRate, double validationMeanIou) {}

    /**
     * One class.
     *
     * @param name its name
     * @param value its pixel value in the masks
     * @param testShare share of the test pixels that are of it
     * @param iou intersection over union
     * @param dice Dice coefficient
     */
    public record ClassRow(String name, String value, double testShare, Interval iou, Interval dice) {}

    /**
     * One test image.
     *
     * @param path its name
     * @param pixelAccuracy share of right pixels
     * @param iou by class; NaN where the class is neither there nor predicted
     * @param dice likewise
     */
    public record ImageRow(String path, double pixelAccuracy, List<Double> iou, List<Double> dice) {
        /** Copies lists. */
        public ImageRow {
            iou = List.copyOf(iou);
            dice = List.copyOf(dice);
        }
    }
}
