package org.dinobench.losses;

import org.dinobench.core.spec.Key;

/**
 * Configuration of the KoLeo regulariser (Sablayrolles et al. 2019; DINOv2, section 4).
 *
 * @param weight factor in the objective, 0 switches the loss off; DINOv2: 0.1
 * @param duplicateDistance two unit features nearer than this are taken for the same image twice in the batch, from 0
 *     to below 0.1. They cannot be spread, and the logarithm's slope there (1/distance) would drown every other
 *     gradient, so such a pair counts as lying at this distance and pulls at nothing.
 */
public record KoLeoLossSpec(
        @Key(doc = "Factor in the objective; 0 switches the loss off.", def = "0.1", min = 0, max = 1000)
        double weight,

        @Key(
                doc = "Features nearer than this are the same image twice in a batch and are not pushed apart.",
                def = "1e-5",
                min = 0,
                max = 0.1)
        double duplicateDistance) {
    /** DINOv2's weight; distances that fp32 can still tell from rounding. */
    public static final KoLeoLossSpec DEFAULT = new KoLeoLossSpec(0.1, 1e-5);

    /** Checks the ranges. */
    public KoLeoLossSpec {
        Ranges.weight("dino.koleo_loss_weight", weight);
        Ranges.within("dino.koleo_duplicate_distance", duplicateDistance, 0, 0.1);
    }
}
