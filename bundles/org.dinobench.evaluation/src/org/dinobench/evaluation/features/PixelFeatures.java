package org.dinobench.evaluation.features;

import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;

/**
 * The baseline that every learned feature must beat: the image squashed to a few pixels, their bytes as the vector.
 *
 * @param side pixels per side, 1 to 64; 16 is usual
 */
public record PixelFeatures(int side) {
    /** Checks the range. */
    public PixelFeatures {
        if (side < 1 || side > 64) {
            throw new IllegalArgumentException("side must be 1 to 64: " + side);
        }
    }

    /** As shown in reports. */
    public String words() {
        return "raw pixels " + side + " \u00d7 " + side;
    }

    /**
     * One vector of {@code 3 * side * side} values 0 to 1 per image.
     *
     * @throws BadInputException when an image cannot be decoded
     */
    public FeatureMatrix extract(LabelledSet set, JobMonitor monitor) {
        monitor.begin("Reading pixels", set.size());
        int columns = 3 * side * side;
        float[] values = new float[set.size() * columns];
        ImageReader reader = new ImageReader();
        Resampler resampler = new Resampler();
        for (int i = 0; i < set.size(); i++) {
            monitor.checkStopped();
            EvalImage image = set.images().get(i);
            try {
                RgbImage small = resampler.resize(reader.read(image.file()), side, side);
                for (int k = 0; k < columns; k++) {
                    values[i * columns + k] = (small.rgb()[k] & 0xff) / 255f;
                }
            } catch (BrokenImageException problem) {
                throw new BadInputException(
                        image.file().toString(),
                        problem.getMessage(),
                        "leave the image out or curate the dataset first",
                        problem);
            }
            monitor.worked(1);
        }
        return FeatureMatrix.of(set.name(), set.size(), columns, values);
    }
}
