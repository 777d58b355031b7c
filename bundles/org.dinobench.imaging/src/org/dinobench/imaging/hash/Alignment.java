package org.dinobench.imaging.hash;

import java.util.Arrays;

/**
 * Compares the pixels of two small pictures under an affine map from the first to the second, block by block, so that a
 * stamp, a border or a shadow spoils its own blocks only.
 *
 * @param overlap share of the smaller picture that both show
 * @param correlation median correlation of the textured blocks
 * @param agreement share of the textured blocks with a correlation above one half
 * @param blocks number of textured blocks
 */
record Alignment(double overlap, double correlation, double agreement, int blocks) {
    private static final int BLOCK = 8;
    private static final int STEP = 6;
    /** Standard deviation in gray levels below which a block says nothing. */
    private static final double TEXTURE = 4;
    /** Mean gray nearer than this to black or white: the block may be clipped and is not compared. */
    private static final double CLIPPED = 6;

    private static final double AGREES = 0.5;

    /** @param map {@code x' = m0 x + m1 y + m2; y' = m3 x + m4 y + m5}, in pixels of the two pictures */
    static Alignment of(GrayImage a, GrayImage b, double[] map) {
        int columns = Math.max(0, (a.width() - BLOCK) / STEP + 1);
        int rows = Math.max(0, (a.height() - BLOCK) / STEP + 1);
        double[] values = new double[rows * columns];
        int n = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double r = block(a, b, map, column * STEP, row * STEP);
                if (!Double.isNaN(r)) {
                    values[n++] = r;
                }
            }
        }
        double overlap = overlap(a, b, map);
        if (n == 0) {
            return new Alignment(overlap, 0, 0, 0);
        }
        Arrays.sort(values, 0, n);
        int agreeing = 0;
        for (int i = 0; i < n; i++) {
            agreeing += values[i] > AGREES ? 1 : 0;
        }
        return new Alignment(overlap, values[n / 2], (double) agreeing / n, n);
    }

    /** Correlation of one block; NaN when it leaves the second picture, is clipped, or has no texture. */
    private static double block(GrayImage a, GrayImage b, double[] m, int left, int top) {
        double sumA = 0;
        double sumB = 0;
        double sumAa = 0;
        double sumBb = 0;
        double sumAb = 0;
        for (int y = top; y < top + BLOCK; y++) {
            for (int x = left; x < left + BLOCK; x++) {
                double vb = b.at(m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5]);
                if (Double.isNaN(vb)) {
                    return Double.NaN;
                }
                double va = a.luma()[y * a.width() + x] & 0xff;
                sumA += va;
                sumB += vb;
                sumAa += va * va;
                sumBb += vb * vb;
                sumAb += va * vb;
            }
        }
        double n = BLOCK * BLOCK;
        double varA = sumAa / n - sumA / n * (sumA / n);
        double varB = sumBb / n - sumB / n * (sumB / n);
        double floor = TEXTURE * TEXTURE;
        if (varA < floor && varB < floor || clipped(sumA / n) || clipped(sumB / n)) {
            return Double.NaN;
        }
        if (varA < floor / 4 || varB < floor / 4) {
            return 0;
        }
        return (sumAb / n - sumA / n * (sumB / n)) / Math.sqrt(varA * varB);
    }

    private static boolean clipped(double mean) {
        return mean < CLIPPED || mean > 255 - CLIPPED;
    }

    private static double overlap(GrayImage a, GrayImage b, double[] m) {
        int grid = 24;
        int inside = 0;
        for (int j = 0; j < grid; j++) {
            for (int i = 0; i < grid; i++) {
                double x = (i + 0.5) * a.width() / grid;
                double y = (j + 0.5) * a.height() / grid;
                double u = m[0] * x + m[1] * y + m[2];
                double v = m[3] * x + m[4] * y + m[5];
                inside += u >= 0 && v >= 0 && u <= b.width() && v <= b.height() ? 1 : 0;
            }
        }
        double share = (double) inside / (grid * grid);
        // Area of the second picture as the first one sees it.
        double areaB = (double) b.width() * b.height() / Math.max(1e-9, Math.abs(m[0] * m[4] - m[1] * m[3]));
        double areaA = (double) a.width() * a.height();
        return Math.min(1, share * areaA / Math.min(areaA, areaB));
    }
}
