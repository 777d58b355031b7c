package org.dinobench.evaluation.segmentation;

/**
 * One class number per pixel, row-major. Immutable by agreement: the array is not copied, as masks are large.
 *
 * @param width pixels
 * @param height pixels
 * @param classes class numbers from 0, or {@link #IGNORED}
 */
public record LabelMap(int width, int height, byte[] classes) {
    /** A pixel that does not count. */
    public static final int IGNORED = 255;

    /** Checks the length. */
    public LabelMap {
        if (width < 1 || height < 1 || classes.length != width * height) {
            throw new IllegalArgumentException(classes.length + " pixels for " + width + " x " + height);
        }
    }

    /** The class of a pixel. */
    public int at(int x, int y) {
        return classes[y * width + x] & 0xff;
    }
}
