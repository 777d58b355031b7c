package org.dinobench.evaluation.linear;

import java.util.List;
import org.dinobench.core.problem.BadInputException;

/**
 * The linear probe of DINOv2's evaluation code: one classifier per learning rate and kind of features, all trained at
 * once by stochastic gradient descent with momentum 0.9, no weight decay and a cosine to zero; rates are scaled by
 * batch / 256. Features are those of the fixed evaluation transform, computed once, where the reference crops anew each
 * time.
 *
 * @param learningRates before scaling, ascending
 * @param blocks numbers of last blocks whose class tokens are joined, such as 1 and 4
 * @param meanPatch with and without the mean patch token beside them
 * @param iterations steps, at least 1
 * @param batchSize images a step
 * @param validationShare part of the training images by which the classifier is chosen, above 0 and below 1
 * @param resamples bootstrap resamples
 * @param seed of start, order and validation part
 */
public record ProbeSpec(
        List<Double> learningRates,
        List<Integer> blocks,
        List<Boolean> meanPatch,
        int iterations,
        int batchSize,
        double validationShare,
        int resamples,
        long seed) {
    private static final List<Double> RATES =
            List.of(1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1);

    /** Checks ranges. */
    public ProbeSpec {
        learningRates = List.copyOf(learningRates);
        blocks = List.copyOf(blocks);
        meanPatch = List.copyOf(meanPatch);
        if (learningRates.isEmpty() || learningRates.stream().anyMatch(r -> !(r > 0))) {
            throw new BadInputException("probe.learning_rates", learningRates + " are not all above 0", "");
        }
        if (blocks.isEmpty() || blocks.stream().anyMatch(b -> b < 1) || meanPatch.isEmpty()) {
            throw new BadInputException("probe.blocks", blocks + " is not usable", "such as 1 and 4");
        }
        if (iterations < 1 || batchSize < 1 || !(validationShare > 0 && validationShare < 1)) {
            throw new BadInputException("probe", "iterations, batch size or validation share is out of range", "");
        }
    }

    /** The reference's 12,500 steps of 128 images a device. */
    public static ProbeSpec dinov2() {
        return new ProbeSpec(RATES, List.of(1, 4), List.of(false, true), 12_500, 128, 0.2, 1000, 0);
    }

    /** The same grid with 1,250 steps, for some thousand images. */
    public static ProbeSpec small() {
        return new ProbeSpec(RATES, List.of(1, 4), List.of(false, true), 1_250, 128, 0.2, 1000, 0);
    }
}
