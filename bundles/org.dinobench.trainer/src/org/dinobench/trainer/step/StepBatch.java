package org.dinobench.trainer.step;

import org.bytedeco.pytorch.Tensor;
import org.dinobench.trainer.mask.MaskBatch;

/**
 * The input of one step on one rank, crop-major.
 *
 * @param images images B
 * @param globals {@code [G*B, 3, H, W]} normalised global crops
 * @param locals {@code [L*B, 3, h, w]} normalised local crops; null when there are none
 * @param masks of the global crops
 */
public record StepBatch(int images, Tensor globals, Tensor locals, MaskBatch masks) {
    /** Checks that the parts fit together. */
    public StepBatch {
        if (globals.size(0) % images != 0 || locals != null && locals.size(0) % images != 0) {
            throw new IllegalArgumentException("Crops of " + globals.size(0) + " and "
                    + (locals == null ? 0 : locals.size(0)) + " rows are not those of " + images + " images");
        }
        if (masks.crops() != globals.size(0)) {
            throw new IllegalArgumentException(masks.crops() + " masks for " + globals.size(0) + " global crops");
        }
    }

    /** Global crops an image, G. */
    public int globalCrops() {
        return (int) (globals.size(0) / images);
    }

    /** Local crops an image, L. */
    public int localCrops() {
        return locals == null ? 0 : (int) (locals.size(0) / images);
    }
}
