package org.dinobench.imaging.augment;

import java.util.Objects;

/**
 * The multi-crop augmentation of one training run: which crops are cut from an image and how each is changed. Order, as
 * in DINOv2: random resized crop (with rotation, where allowed), flips, colour jitter, gray, blur, solarization,
 * normalisation.
 *
 * @param global the global crops, normally two
 * @param local the local crops; a count of 0 is allowed
 * @param horizontalFlip how often a crop is mirrored left to right
 * @param verticalFlip how often a crop is mirrored top to bottom
 * @param rotation which rotations are drawn
 * @param colour changes of colour
 * @param filter blur and solarization
 * @param normalization from bytes to network input
 */
public record AugmentationSpec(
        CropSpec global,
        CropSpec local,
        double horizontalFlip,
        double verticalFlip,
        Rotation rotation,
        ColourSpec colour,
        FilterSpec filter,
        Normalization normalization) {
    /** @throws IllegalArgumentException when there is no global crop or a probability is out of range */
    public AugmentationSpec {
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(rotation, "rotation");
        Objects.requireNonNull(colour, "colour");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(normalization, "normalization");
        if (global.count() < 1) {
            throw new IllegalArgumentException("At least one global crop is needed");
        }
        Probability.check("Horizontal flip", horizontalFlip);
        Probability.check("Vertical flip", verticalFlip);
    }

    /** The same augmentation with other global crops. */
    public AugmentationSpec withGlobal(CropSpec crops) {
        return new AugmentationSpec(
                crops, local, horizontalFlip, verticalFlip, rotation, colour, filter, normalization);
    }

    /** The same augmentation with other local crops. */
    public AugmentationSpec withLocal(CropSpec crops) {
        return new AugmentationSpec(
                global, crops, horizontalFlip, verticalFlip, rotation, colour, filter, normalization);
    }

    /** The same augmentation with another normalisation. */
    public AugmentationSpec withNormalization(Normalization other) {
        return new AugmentationSpec(global, local, horizontalFlip, verticalFlip, rotation, colour, filter, other);
    }

    /** The same augmentation with other blur and solarization. */
    public AugmentationSpec withFilter(FilterSpec other) {
        return new AugmentationSpec(
                global, local, horizontalFlip, verticalFlip, rotation, colour, other, normalization);
    }

    /** All crops of one image: global first, then local. */
    public int crops() {
        return global.count() + local.count();
    }
}
