package org.dinobench.evaluation.segmentation;

import java.util.List;
import org.dinobench.core.problem.BadInputException;

/**
 * Patch features of several images of one grid.
 *
 * @param grid patches along a side
 * @param width numbers of a token
 * @param images for each image {@code grid * grid * width} numbers, row-major
 */
public record PatchTokens(int grid, int width, List<float[]> images) {
    /** Checks lengths and that all numbers are finite. */
    public PatchTokens {
        images = List.copyOf(images);
        for (int i = 0; i < images.size(); i++) {
            float[] tokens = images.get(i);
            if (tokens.length != grid * grid * width) {
                throw new IllegalArgumentException("image " + i + ": " + tokens.length + " numbers");
            }
            for (float v : tokens) {
                if (!Float.isFinite(v)) {
                    throw new BadInputException(
                            "patch features",
                            "those of image " + i + " hold " + v,
                            "check that the model's training did not diverge and take an earlier checkpoint");
                }
            }
        }
    }

    /** Mean and, after it, standard deviation of each number over all patches of some images. */
    double[][] moments(int[] of) {
        double[] mean = new double[width];
        double[] square = new double[width];
        long count = 0;
        for (int i : of) {
            float[] tokens = images.get(i);
            for (int t = 0; t < tokens.length; t++) {
                mean[t % width] += tokens[t];
                square[t % width] += (double) tokens[t] * tokens[t];
            }
            count += (long) grid * grid;
        }
        for (int c = 0; c < width; c++) {
            mean[c] /= count;
            square[c] = Math.sqrt(Math.max(0, square[c] / count - mean[c] * mean[c]));
        }
        return new double[][] {mean, square};
    }
}
