package org.dinobench.imaging;

import java.util.Objects;

/**
 * A decoded image: 8 bits a channel, red, green, blue interleaved, rows from the top, no padding. The array is not
 * copied; whoever shares an image agrees not to write into it. Two images are equal only when they share the array.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param rgb {@code 3 * width * height} bytes, each an unsigned value 0 to 255 in sRGB
 */
public record RgbImage(int width, int height, byte[] rgb) {
    /** @throws IllegalArgumentException when the sizes do not fit together */
    public RgbImage {
        Objects.requireNonNull(rgb, "rgb");
        if (width < 1 || height < 1 || 3L * width * height != rgb.length) {
            throw new IllegalArgumentException(
                    "An image of " + width + " x " + height + " cannot have " + rgb.length + " bytes");
        }
    }

    /** A black image. */
    public static RgbImage black(int width, int height) {
        return new RgbImage(width, height, new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))]);
    }

    /**
     * One channel of one pixel.
     *
     * @param channel 0 red, 1 green, 2 blue
     * @return 0 to 255
     */
    public int value(int x, int y, int channel) {
        return rgb[3 * (y * width + x) + channel] & 0xff;
    }

    /** Bytes of pixel data. */
    public long bytes() {
        return rgb.length;
    }
}
