package org.dinobench.model;

import org.bytedeco.pytorch.Tensor;

/**
 * Crops of one size that go through the network together.
 *
 * @param images {@code [B, C, H, W]}, normalised, in the model's floating-point type; H and W are multiples of the
 *     patch size
 * @param masks {@code [B, N]} booleans, N = H/patch * W/patch in row-major order; true patches are replaced by the mask
 *     token. Null for none
 * @param classTokenOnly whether only the class token of the result is wanted (local crops): the final norm and the last
 *     block then skip the other tokens, and the result has no patch tokens
 */
public record CropBatch(Tensor images, Tensor masks, boolean classTokenOnly) {
    /** Crops without masks, all tokens wanted. */
    public static CropBatch of(Tensor images) {
        return new CropBatch(images, null, false);
    }

    /** Crops with masks, all tokens wanted. */
    public static CropBatch masked(Tensor images, Tensor masks) {
        return new CropBatch(images, masks, false);
    }

    /** Crops of which only the class token is wanted. */
    public static CropBatch classToken(Tensor images) {
        return new CropBatch(images, null, true);
    }
}
