package org.dinobench.evaluation.maps;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.torch.Tensors;

/**
 * One image as a network sees it whole: resized so that both sides are multiples of the patch and the aspect is kept as
 * nearly as that allows.
 */
public final class NetworkInput {
    private static final int MOST_PATCHES = 20_000;

    private final RgbImage image;
    private final Normalization normalization;

    private NetworkInput(RgbImage image, Normalization normalization) {
        this.image = image;
        this.normalization = normalization;
    }

    /**
     * @param shorterSide wanted pixels of the shorter side; rounded to a multiple of the patch, at least one patch
     * @param patch side of the network's patches in pixels
     * @throws BadInputException when that makes more than 20,000 patches
     */
    public static NetworkInput of(RgbImage image, int shorterSide, int patch, Normalization normalization) {
        double scale = shorterSide / (double) Math.min(image.width(), image.height());
        int columns = Math.max(1, (int) Math.round(image.width() * scale / patch));
        int rows = Math.max(1, (int) Math.round(image.height() * scale / patch));
        if ((long) columns * rows > MOST_PATCHES) {
            throw new BadInputException(
                    "image size",
                    columns + " x " + rows + " patches are more than the " + MOST_PATCHES + " that fit in memory",
                    "choose a smaller size");
        }
        return new NetworkInput(new Resampler().resize(image, columns * patch, rows * patch), normalization);
    }

    /** The image at the size the network sees. */
    public RgbImage image() {
        return image;
    }

    /** The normalised image {@code [1, 3, H, W]} in the current scope. */
    public Tensor tensor() {
        int pixels = image.width() * image.height();
        FloatBuffer floats = ByteBuffer.allocateDirect(12 * pixels)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        byte[] rgb = image.rgb();
        for (int c = 0; c < 3; c++) {
            float[] table = normalization.table(c);
            for (int i = 0; i < pixels; i++) {
                floats.put(c * pixels + i, table[rgb[3 * i + c] & 0xff]);
            }
        }
        return Tensors.wrap(floats, 1, 3, image.height(), image.width());
    }
}
