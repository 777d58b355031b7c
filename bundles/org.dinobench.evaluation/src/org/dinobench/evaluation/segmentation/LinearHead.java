package org.dinobench.evaluation.segmentation;

import java.util.stream.IntStream;

/** An affine map from patch tokens to class logits, upsampled bilinearly to pixels. Immutable. */
public final class LinearHead {
    private final int width;
    private final int classes;
    private final float[] weights;
    private final float[] bias;

    /** @param weights {@code [width][classes]} row-major */
    LinearHead(int width, int classes, float[] weights, float[] bias) {
        this.width = width;
        this.classes = classes;
        this.weights = weights.clone();
        this.bias = bias.clone();
    }

    /**
     * The likeliest class of every pixel. Logits are interpolated between patch centres and constant beyond the
     * outermost ones.
     *
     * @param tokens {@code grid * grid * width} numbers
     * @param grid patches along a side
     * @param columns width of the result in pixels
     * @param rows its height
     */
    public LabelMap predict(float[] tokens, int grid, int columns, int rows) {
        float[] logits = logits(tokens, grid * grid);
        byte[] out = new byte[columns * rows];
        IntStream.range(0, rows).parallel().forEach(y -> {
            double r = Upsampling.place(y, rows, grid);
            int r0 = (int) r;
            int r1 = Math.min(grid - 1, r0 + 1);
            float fr = (float) (r - r0);
            float[] line = new float[grid * classes];
            for (int i = 0; i < line.length; i++) {
                line[i] = logits[r0 * grid * classes + i] * (1 - fr) + logits[r1 * grid * classes + i] * fr;
            }
            for (int x = 0; x < columns; x++) {
                double c = Upsampling.place(x, columns, grid);
                int c0 = (int) c;
                int c1 = Math.min(grid - 1, c0 + 1);
                float fc = (float) (c - c0);
                int best = 0;
                float most = Float.NEGATIVE_INFINITY;
                for (int k = 0; k < classes; k++) {
                    float v = line[c0 * classes + k] * (1 - fc) + line[c1 * classes + k] * fc;
                    if (v > most) {
                        most = v;
                        best = k;
                    }
                }
                out[y * columns + x] = (byte) best;
            }
        });
        return new LabelMap(columns, rows, out);
    }

    private float[] logits(float[] tokens, int patches) {
        float[] logits = new float[patches * classes];
        for (int p = 0; p < patches; p++) {
            System.arraycopy(bias, 0, logits, p * classes, classes);
            for (int d = 0; d < width; d++) {
                float v = tokens[p * width + d];
                for (int k = 0; k < classes; k++) {
                    logits[p * classes + k] += v * weights[d * classes + k];
                }
            }
        }
        return logits;
    }
}
