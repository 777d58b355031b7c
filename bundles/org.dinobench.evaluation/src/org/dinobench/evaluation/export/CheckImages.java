package org.dinobench.evaluation.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.Tensors;

/**
 * A few prepared images on which two forms of a model are compared.
 *
 * @param pixels direct, {@code [count, channels, height, width]}, normalised
 * @param count number of images
 * @param channels of each
 * @param height in pixels
 * @param width in pixels
 * @param real whether they were read from files
 */
record CheckImages(FloatBuffer pixels, int count, int channels, int height, int width, boolean real) {
    private static final int MOST = 4;

    /** The first images of the request, or random pixels where it has none or the model has other channels. */
    static CheckImages of(ExportRequest request) {
        EvalTransform transform = request.transform();
        List<Path> files = files(request);
        int side = transform.size();
        if (files.isEmpty()) {
            return random(2, request.network().config().channels(), side, side);
        }
        int count = Math.min(MOST, files.size());
        FloatBuffer pixels = buffer(count * transform.floats());
        Resampler resampler = new Resampler();
        for (int i = 0; i < count; i++) {
            transform.write(read(files.get(i)), resampler, pixels, i * transform.floats());
        }
        return new CheckImages(pixels, count, 3, side, side, true);
    }

    /**
     * One image that is wider than high, neither side being the stored one: shows that sizes and batches are free.
     */
    static CheckImages oblong(ExportRequest request) {
        VitConfig config = request.network().config();
        int grid = request.transform().size() / config.patch();
        int height = config.patch() * Math.max(2, grid * 2 / 3);
        int width = config.patch() * (grid + 2);
        List<Path> files = files(request);
        if (files.isEmpty()) {
            return random(1, config.channels(), height, width);
        }
        RgbImage image = new Resampler().resize(read(files.get(0)), width, height);
        Normalization normalization = request.transform().normalization();
        FloatBuffer pixels = buffer(3 * height * width);
        byte[] rgb = image.rgb();
        for (int i = 0; i < pixels.capacity(); i++) {
            int channel = i / (height * width);
            pixels.put(i, normalization.table(channel)[rgb[3 * (i % (height * width)) + channel] & 0xff]);
        }
        return new CheckImages(pixels, 1, 3, height, width, true);
    }

    /** The first image alone. */
    CheckImages first() {
        FloatBuffer one = pixels.duplicate();
        one.clear().limit(channels * height * width);
        return new CheckImages(one.slice(), 1, channels, height, width, real);
    }

    /** As a tensor of the current scope. */
    Tensor tensor() {
        return Tensors.wrap(pixels.duplicate(), count, channels, height, width);
    }

    private static List<Path> files(ExportRequest request) {
        return request.network().config().channels() == 3 ? request.checkImages() : List.of();
    }

    private static CheckImages random(int count, int channels, int height, int width) {
        FloatBuffer pixels = buffer(count * channels * height * width);
        Random random = new Random(0);
        for (int i = 0; i < pixels.capacity(); i++) {
            pixels.put(i, (float) random.nextGaussian());
        }
        return new CheckImages(pixels, count, channels, height, width, false);
    }

    private static FloatBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(4 * floats)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static RgbImage read(Path file) {
        try {
            return new ImageReader().read(file);
        } catch (BrokenImageException problem) {
            throw new BadInputException(file.toString(), problem.getMessage(), "check with another image", problem);
        }
    }
}
