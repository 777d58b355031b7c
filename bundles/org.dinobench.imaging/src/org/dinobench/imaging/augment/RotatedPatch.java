package org.dinobench.imaging.augment;

import org.dinobench.imaging.RgbImage;

/**
 * Cuts a rotated rectangle out of an image. Where the rectangle leaves the image, the image is continued by its mirror,
 * so no black corner appears. Quarter turns copy pixels where the centre allows it; other angles interpolate bilinearly
 * in fixed point. Holds scratch memory: one instance per thread.
 */
final class RotatedPatch {
    private static final int BITS = 11;
    private static final int ONE = 1 << BITS;
    private static final int ROUND = 1 << (2 * BITS - 1);
    private static final int SHIFT = 32;
    private static final double WHOLE = 1L << SHIFT;
    private static final long HALF_WEIGHT = 1L << (SHIFT - BITS - 1);

    private byte[] patch = new byte[0];

    /**
     * @param box the rectangle before it is turned about its centre
     * @param angle degrees, counter-clockwise
     * @return {@code 3 * box.width * box.height} bytes or more, valid until the next call
     */
    byte[] cut(RgbImage image, CropBox box, double angle) {
        int w = box.width();
        int h = box.height();
        if (patch.length < 3 * w * h) {
            patch = new byte[3 * w * h];
        }
        double radians = Math.toRadians(angle);
        double cos = snap(Math.cos(radians));
        double sin = snap(Math.sin(radians));
        double cx = box.x() + (w - 1) / 2.0;
        double cy = box.y() + (h - 1) / 2.0;
        // Places are followed in fixed point along a row; the error over a row stays far below one step of the weights.
        long stepX = Math.round(cos * WHOLE);
        long stepY = Math.round(sin * WHOLE);
        for (int row = 0; row < h; row++) {
            double dx = -(w - 1) / 2.0;
            double dy = row - (h - 1) / 2.0;
            long x = Math.round((cx + cos * dx - sin * dy) * WHOLE);
            long y = Math.round((cy + sin * dx + cos * dy) * WHOLE);
            cutRow(image, x, y, stepX, stepY, w, 3 * w * row);
        }
        return patch;
    }

    private void cutRow(RgbImage image, long startX, long startY, long stepX, long stepY, int w, int start) {
        byte[] rgb = image.rgb();
        byte[] out = patch;
        int lastX = image.width() - 1;
        int lastY = image.height() - 1;
        int line = 3 * image.width();
        long px = startX + HALF_WEIGHT;
        long py = startY + HALF_WEIGHT;
        for (int i = 0, to = start; i < w; i++, to += 3, px += stepX, py += stepY) {
            int x = (int) (px >> SHIFT);
            int y = (int) (py >> SHIFT);
            int ax = (int) (px >> SHIFT - BITS) & (ONE - 1);
            int ay = (int) (py >> SHIFT - BITS) & (ONE - 1);
            int right = 3;
            int below = line;
            if (x < 0 || y < 0 || x >= lastX || y >= lastY) {
                int x1 = GaussianBlur.mirror(x + 1, lastX + 1);
                int y1 = GaussianBlur.mirror(y + 1, lastY + 1);
                x = GaussianBlur.mirror(x, lastX + 1);
                y = GaussianBlur.mirror(y, lastY + 1);
                right = 3 * (x1 - x);
                below = line * (y1 - y);
            }
            int at = line * y + 3 * x;
            int topLeft = (ONE - ax) * (ONE - ay);
            int topRight = ax * (ONE - ay);
            int bottomLeft = (ONE - ax) * ay;
            int bottomRight = ax * ay;
            for (int c = 0; c < 3; c++, at++) {
                int sum = topLeft * (rgb[at] & 0xff)
                        + topRight * (rgb[at + right] & 0xff)
                        + bottomLeft * (rgb[at + below] & 0xff)
                        + bottomRight * (rgb[at + below + right] & 0xff);
                out[to + c] = (byte) ((sum + ROUND) >> 2 * BITS);
            }
        }
    }

    /** Sines of quarter turns are exact, so that a quarter turn of a square box copies pixels. */
    private static double snap(double v) {
        double whole = Math.rint(v);
        return Math.abs(v - whole) < 1e-12 ? whole : v;
    }
}
