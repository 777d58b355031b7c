package org.dinobench.imaging.hash;

import java.util.Arrays;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;

/**
 * Two 64-bit hashes of the gray image that change little under recompression, scaling and brightness; their Hamming
 * distance tells how alike two images are. They do not bear crops, turns or mirroring: {@link CopyDescriptor} and
 * {@link LocalFeatureVerifier} do.
 *
 * @param difference dHash: signs of the horizontal differences of a 9 x 8 reduction
 * @param frequency pHash: which of the 64 lowest frequencies of a 32 x 32 reduction lie above their median
 */
public record PerceptualHash(long difference, long frequency) {
    private static final int SIDE = 32;
    private static final int LOW = 8;
    private static final double[][] COSINES = new double[LOW][SIDE];

    static {
        for (int f = 0; f < LOW; f++) {
            for (int i = 0; i < SIDE; i++) {
                COSINES[f][i] = Math.cos(Math.PI * (2 * i + 1) * f / (2.0 * SIDE));
            }
        }
    }

    /** The hashes of an image. */
    public static PerceptualHash of(RgbImage image) {
        Resampler resampler = new Resampler();
        return new PerceptualHash(
                difference(resampler.resize(image, LOW + 1, LOW)), frequency(resampler.resize(image, SIDE, SIDE)));
    }

    /** Differing bits of both hashes together, 0 (alike) to 128; about 64 for unrelated images. */
    public int distance(PerceptualHash other) {
        return Long.bitCount(difference ^ other.difference) + Long.bitCount(frequency ^ other.frequency);
    }

    private static long difference(RgbImage image) {
        long bits = 0;
        for (int y = 0; y < LOW; y++) {
            for (int x = 0; x < LOW; x++) {
                bits = bits << 1 | (luma(image, x, y) < luma(image, x + 1, y) ? 1 : 0);
            }
        }
        return bits;
    }

    private static long frequency(RgbImage image) {
        double[] values = new double[LOW * LOW];
        for (int v = 0; v < LOW; v++) {
            for (int u = 0; u < LOW; u++) {
                double sum = 0;
                for (int y = 0; y < SIDE; y++) {
                    for (int x = 0; x < SIDE; x++) {
                        sum += COSINES[v][y] * COSINES[u][x] * luma(image, x, y);
                    }
                }
                values[v * LOW + u] = sum;
            }
        }
        // The mean brightness is no structure.
        values[0] = 0;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = (sorted[31] + sorted[32]) / 2;
        long bits = 0;
        for (double value : values) {
            bits = bits << 1 | (value > median ? 1 : 0);
        }
        return bits;
    }

    private static double luma(RgbImage image, int x, int y) {
        return 0.299 * image.value(x, y, 0) + 0.587 * image.value(x, y, 1) + 0.114 * image.value(x, y, 2);
    }
}
