package org.dinobench.evaluation.segmentation;

/** Bilinear interpolation between patch centres, constant beyond the outermost ones. */
final class Upsampling {
    private Upsampling() {}

    /** Where a pixel centre lies among patch centres, 0 to {@code grid - 1}. */
    static double place(int pixel, int pixels, int grid) {
        return Math.min(grid - 1.0, Math.max(0, (pixel + 0.5) / pixels * grid - 0.5));
    }

    /** The interpolation along one side as a matrix {@code [pixels][grid]}, row-major. */
    static float[] matrix(int pixels, int grid) {
        float[] matrix = new float[pixels * grid];
        for (int i = 0; i < pixels; i++) {
            double at = place(i, pixels, grid);
            int below = (int) at;
            int above = Math.min(grid - 1, below + 1);
            matrix[i * grid + below] += (float) (1 - (at - below));
            matrix[i * grid + above] += (float) (at - below);
        }
        return matrix;
    }
}
