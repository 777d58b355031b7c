package org.dinobench.evaluation.maps;

import java.util.Arrays;

/** One number per patch of an image, row-major. Immutable. */
public final class PatchMap {
    private final int rows;
    private final int columns;
    private final float[] values;

    /**
     * @param rows patches from top to bottom, at least 1
     * @param columns patches from left to right, at least 1
     * @param values {@code rows * columns} numbers
     */
    public PatchMap(int rows, int columns, float[] values) {
        if (rows < 1 || columns < 1 || values.length != rows * columns) {
            throw new IllegalArgumentException(values.length + " values for " + rows + " x " + columns + " patches");
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values.clone();
    }

    /** Patches from top to bottom. */
    public int rows() {
        return rows;
    }

    /** Patches from left to right. */
    public int columns() {
        return columns;
    }

    /** One value. */
    public float at(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy of all values. */
    public float[] values() {
        return values.clone();
    }

    /**
     * The value at a place between patch centres, bilinear, constant beyond the outermost centres.
     *
     * @param y 0 (upper edge) to 1 (lower edge)
     * @param x 0 (left edge) to 1 (right edge)
     */
    public float between(double y, double x) {
        double r = Math.min(rows - 1.0, Math.max(0, y * rows - 0.5));
        double c = Math.min(columns - 1.0, Math.max(0, x * columns - 0.5));
        int r0 = (int) r;
        int c0 = (int) c;
        int r1 = Math.min(rows - 1, r0 + 1);
        int c1 = Math.min(columns - 1, c0 + 1);
        double fr = r - r0;
        double fc = c - c0;
        double top = at(r0, c0) * (1 - fc) + at(r0, c1) * fc;
        double bottom = at(r1, c0) * (1 - fc) + at(r1, c1) * fc;
        return (float) (top * (1 - fr) + bottom * fr);
    }

    /**
     * Stretched to 0 to 1. The few highest values are cut off at a percentile, as single patches can outshine the rest.
     *
     * @param percentile of the value that becomes 1, above 0 up to 100
     */
    public PatchMap stretched(double percentile) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        float low = sorted[0];
        float high = sorted[(int) Math.round((sorted.length - 1) * percentile / 100)];
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = high > low ? Math.min(1, Math.max(0, (values[i] - low) / (high - low))) : 0;
        }
        return new PatchMap(rows, columns, out);
    }
}
