package org.dinobench.imaging;

import java.util.Objects;

/**
 * How a file becomes an {@link RgbImage}.
 *
 * @param depth the rule for 16-bit samples
 * @param shorterSide when positive, images whose shorter side is longer are shrunk to it (bicubic, antialiased) right
 *     after decoding, and large JPEGs are decoded at a reduced size that stays above it; 0 keeps every pixel
 */
public record ReadOptions(DepthRule depth, int shorterSide) {
    /** Every pixel, 16-bit samples over the full range. */
    public static final ReadOptions DEFAULT = new ReadOptions(DepthRule.FULL_RANGE, 0);

    /** @throws IllegalArgumentException when {@code shorterSide} is negative */
    public ReadOptions {
        Objects.requireNonNull(depth, "depth");
        if (shorterSide < 0) {
            throw new IllegalArgumentException("shorterSide must not be negative: " + shorterSide);
        }
    }
}
