package org.dinobench.imaging.augment;

import java.util.List;
import java.util.Objects;

/**
 * Everything that was drawn for one crop, before any pixel is touched.
 *
 * @param size side of the finished crop in pixels
 * @param box the part of the image; without rotation it lies inside the image
 * @param angle rotation about the centre of the box, degrees, counter-clockwise, 0 to below 360
 * @param horizontalFlip whether the crop is mirrored left to right
 * @param verticalFlip whether the crop is mirrored top to bottom
 * @param colour changes of colour in the order in which they are applied; empty for none
 * @param gray whether the crop is made gray
 * @param blurSigma standard deviation of the blur in pixels of the crop; 0 for none
 * @param solarize whether the crop is solarized
 */
public record CropPlan(
        int size,
        CropBox box,
        double angle,
        boolean horizontalFlip,
        boolean verticalFlip,
        List<ColourStep> colour,
        boolean gray,
        double blurSigma,
        boolean solarize) {
    /** Copies the list. */
    public CropPlan {
        Objects.requireNonNull(box, "box");
        colour = List.copyOf(colour);
    }

    /** What a colour step changes. */
    public enum ColourChange {
        /** Towards or away from black. */
        BRIGHTNESS,
        /** Towards or away from the mean gray of the crop. */
        CONTRAST,
        /** Towards or away from the gray of each pixel. */
        SATURATION,
        /** Turn of the colour circle. */
        HUE,
        /** A factor for one channel. */
        RED_GAIN,
        /** A factor for one channel. */
        GREEN_GAIN,
        /** A factor for one channel. */
        BLUE_GAIN
    }

    /**
     * One change of colour.
     *
     * @param change what is changed
     * @param amount a factor (1 changes nothing), or for hue a share of the colour circle (0 changes nothing)
     */
    public record ColourStep(ColourChange change, double amount) {}
}
