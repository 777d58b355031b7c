package org.dinobench.imaging.augment;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;

/**
 * The fixed transform of evaluation and embedding: the shorter side is resized (bicubic, antialiased) and the centre
 * cut out, or the whole image is squashed into the square; then normalised.
 *
 * @param resize pixels of the shorter side before the cut; 0 squashes the whole image to {@code size} instead
 * @param size side of the result in pixels, 1 to 2048; not above {@code resize} unless that is 0
 * @param normalization from bytes to network input
 */
public record EvalTransform(int resize, int size, Normalization normalization) {
    /** DINOv2's evaluation: shorter side 256, centre 224, ImageNet normalisation. */
    public static final EvalTransform DINOV2 = new EvalTransform(256, 224, Normalization.IMAGENET);

    /** @throws IllegalArgumentException when the sizes do not fit together */
    public EvalTransform {
        Objects.requireNonNull(normalization, "normalization");
        if (size < 1 || size > 2048 || resize != 0 && resize < size || resize > 4096) {
            throw new IllegalArgumentException(
                    "A cut of " + size + " from a shorter side of " + resize + " is not possible; sizes are 1 to 2048");
        }
    }

    /** The whole image squashed into a square, ImageNet normalisation. */
    public static EvalTransform squash(int size) {
        return new EvalTransform(0, size, Normalization.IMAGENET);
    }

    /** Floats of one image: {@code 3 * size * size}. */
    public int floats() {
        return 3 * size * size;
    }

    /** The transformed image before normalisation. */
    public RgbImage image(RgbImage image, Resampler resampler) {
        if (resize == 0) {
            return resampler.resize(image, size, size);
        }
        RgbImage resized = resampler.resizeShorter(image, resize);
        int left = (int) Math.rint((resized.width() - size) / 2.0);
        int top = (int) Math.rint((resized.height() - size) / 2.0);
        byte[] rgb = new byte[3 * size * size];
        for (int y = 0; y < size; y++) {
            System.arraycopy(resized.rgb(), 3 * ((top + y) * resized.width() + left), rgb, 3 * size * y, 3 * size);
        }
        return new RgbImage(size, size, rgb);
    }

    /**
     * Writes the normalised image, channel after channel.
     *
     * @param target a buffer whose position and limit are ignored
     * @param offset index of the first of {@link #floats()} floats
     */
    public void write(RgbImage image, Resampler resampler, FloatBuffer target, int offset) {
        byte[] rgb = image(image, resampler).rgb();
        float[] plane = new float[size * size];
        for (int c = 0; c < 3; c++) {
            float[] table = normalization.table(c);
            for (int i = 0, from = c; i < plane.length; i++, from += 3) {
                plane[i] = table[rgb[from] & 0xff];
            }
            target.put(offset + c * plane.length, plane, 0, plane.length);
        }
    }
}
