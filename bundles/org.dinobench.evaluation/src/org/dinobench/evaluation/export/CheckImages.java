package org.dinobench.evaluation.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.augment.EvalTransform;

/**
 * A few prepared images on which two forms of a model are compared.
 *
 * @param pixels direct, {@code [count, 3, side, side]}, normalised
 * @param count number of images
 * @param side pixels per side
 * @param real whether they were read from files
 */
record CheckImages(FloatBuffer pixels, int count, int side, boolean real) {
    private static final int MOST = 4;

    /** The first images of the request, or random pixels where it has none. */
    static CheckImages of(ExportRequest request) {
        EvalTransform transform = request.transform();
        List<Path> files = request.checkImages();
        int count = files.isEmpty() ? 2 : Math.min(MOST, files.size());
        FloatBuffer pixels = ByteBuffer.allocateDirect(4 * count * transform.floats())
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        if (files.isEmpty()) {
            Random random = new Random(0);
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, (float) random.nextGaussian());
            }
            return new CheckImages(pixels, count, transform.size(), false);
        }
        Resampler resampler = new Resampler();
        ImageReader reader = new ImageReader();
        for (int i = 0; i < count; i++) {
            try {
                transform.write(reader.read(files.get(i)), resampler, pixels, i * transform.floats());
            } catch (BrokenImageException problem) {
                throw new BadInputException(
                        files.get(i).toString(), problem.getMessage(), "check with another image", problem);
            }
        }
        return new CheckImages(pixels, count, transform.size(), true);
    }
}
