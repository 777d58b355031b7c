package org.dinobench.evaluation.segmentation;

import java.util.List;
import org.dinobench.core.problem.BadInputException;

/**
 * How the linear head is trained: one affine map from a standardised patch token to class logits, which are upsampled
 * bilinearly; the cross-entropy is taken on cells, several to a patch side, against the share of each class in the cell.
 * Adam with a cosine to zero, for each learning rate once; the one with the best mean IoU on held-out training images
 * is trained again on all of them. (DINOv2, section 7.4, "linear": a linear layer on patch tokens, upsampled.)
 *
 * @param learningRates to choose from, each above 0
 * @param iterations steps of each training, at least 1
 * @param batchSize images a step, at least 1
 * @param cells targets along a patch side, 1 to 16
 * @param weightDecay decoupled, at least 0
 * @param validationShare part of the training images by which the rate is chosen, above 0 and below 1
 * @param resamples bootstrap resamples of the confidence intervals, at least 100
 * @param seed of order, validation part and bootstrap
 */
public record SegmentationSpec(
        List<Double> learningRates,
        int iterations,
        int batchSize,
        int cells,
        double weightDecay,
        double validationShare,
        int resamples,
        long seed) {
    /** Checks ranges. */
    public SegmentationSpec {
        learningRates = List.copyOf(learningRates);
        if (learningRates.isEmpty() || learningRates.stream().anyMatch(r -> !(r > 0))) {
            throw new BadInputException(
                    "segmentation.learning_rates", learningRates + " are not all above 0", "such as 0.001 and 0.01");
        }
        if (iterations < 1
                || batchSize < 1
                || cells < 1
                || cells > 16
                || !(weightDecay >= 0)
                || !(validationShare > 0 && validationShare < 1)) {
            throw new BadInputException(
                    "segmentation",
                    "iterations " + iterations + ", batch " + batchSize + ", cells " + cells + ", weight decay "
                            + weightDecay + " or validation share " + validationShare + " is out of range",
                    "use at least 1, at least 1, 1 to 16, at least 0, between 0 and 1");
        }
    }

    /** Three rates, 500 steps of 16 images, four cells to a patch side. */
    public static SegmentationSpec usual(long seed) {
        return new SegmentationSpec(List.of(1e-3, 5e-3, 2e-2), 500, 16, 4, 1e-3, 0.2, 1000, seed);
    }
}
