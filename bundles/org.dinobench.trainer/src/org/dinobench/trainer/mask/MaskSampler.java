package org.dinobench.trainer.mask;

import java.util.SplittableRandom;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.Range;

/**
 * Draws the masks of a step: a set share of the global crops is masked, their mask ratios are spread evenly over the
 * range (one from each of as many equal parts), and the masks are dealt to the crops at random.
 */
public final class MaskSampler {
    private final BlockMaskGenerator generator;
    private final double probability;
    private final Range ratios;

    /**
     * @param generator of single masks
     * @param probability share of crops that are masked, from 0 to 1
     * @param ratios smallest and largest share of masked patches in a masked crop
     */
    public MaskSampler(BlockMaskGenerator generator, double probability, Range ratios) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new BadInputException(
                    "ibot.mask_sample_probability", probability + " is no share", "give a number from 0 to 1");
        }
        if (!(ratios.min() >= 0 && ratios.max() <= 1)) {
            throw new BadInputException(
                    "ibot.mask_ratio_min_max",
                    "more patches would be masked than there are",
                    "give two numbers from 0 to 1");
        }
        this.generator = generator;
        this.probability = probability;
        this.ratios = ratios;
    }

    /**
     * Draws the masks of one step.
     *
     * @param crops global crops in the step
     * @param random whose state decides everything
     */
    public MaskBatch sample(int crops, SplittableRandom random) {
        int patches = generator.patches();
        int maskedCrops = (int) (crops * probability);
        boolean[][] drawn = new boolean[crops][];
        int upperBound = 0;
        for (int i = 0; i < crops; i++) {
            int target = 0;
            if (i < maskedCrops) {
                double low = ratios.min() + ratios.width() * i / maskedCrops;
                double high = ratios.min() + ratios.width() * (i + 1) / maskedCrops;
                target = (int) (patches * (low + (high - low) * random.nextDouble()));
                upperBound += (int) (patches * high);
            }
            drawn[i] = generator.generate(target, random);
        }
        shuffle(drawn, random);
        boolean[] masks = new boolean[crops * patches];
        for (int i = 0; i < crops; i++) {
            System.arraycopy(drawn[i], 0, masks, i * patches, patches);
        }
        return MaskBatch.of(crops, patches, masks, upperBound);
    }

    private static void shuffle(boolean[][] rows, SplittableRandom random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            boolean[] kept = rows[i];
            rows[i] = rows[other];
            rows[other] = kept;
        }
    }
}
