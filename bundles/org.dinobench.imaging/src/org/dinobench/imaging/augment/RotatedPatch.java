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
        int to = 0;
        for (int row = 0; row < h; row++) {
            double dy = row - (h - 1) / 2.0;
            for (int col = 0; col < w; col++) {
                double dx = col - (w - 1) / 2.0;
                double sx = cx + cos * dx - sin * dy;
                double sy = cy + sin * dx + cos * dy;
                sample(image, sx, sy, to);
                to += 3;
            }
        }
        return patch;
    }

    private void sample(RgbImage image, double sx, double sy, int to) {
        int fx = (int) Math.floor(sx * ONE + 0.5);
        int fy = (int) Math.floor(sy * ONE + 0.5);
        int x = fx >> BITS;
        int y = fy >> BITS;
        int ax = fx & (ONE - 1);
        int ay = fy & (ONE - 1);
        int width = image.width();
        int height = image.height();
        int x0 = x;
        int x1 = x + 1;
        int y0 = y;
        int y1 = y + 1;
        if (x < 0 || x1 >= width) {
            x0 = GaussianBlur.mirror(x, width);
            x1 = GaussianBlur.mirror(x + 1, width);
        }
        if (y < 0 || y1 >= height) {
            y0 = GaussianBlur.mirror(y, height);
            y1 = GaussianBlur.mirror(y + 1, height);
        }
        byte[] rgb = image.rgb();
        int a = 3 * (y0 * width + x0);
        int b = 3 * (y0 * width + x1);
        int c = 3 * (y1 * width + x0);
        int d = 3 * (y1 * width + x1);
        for (int k = 0; k < 3; k++) {
            int top = (rgb[a + k] & 0xff) * (ONE - ax) + (rgb[b + k] & 0xff) * ax;
            int bottom = (rgb[c + k] & 0xff) * (ONE - ax) + (rgb[d + k] & 0xff) * ax;
            long both = (long) top * (ONE - ay) + (long) bottom * ay;
            patch[to + k] = (byte) ((both + (1L << (2 * BITS - 1))) >> (2 * BITS));
        }
    }

    /** Sines of quarter turns are exact, so that a quarter turn of a square box copies pixels. */
    private static double snap(double v) {
        double whole = Math.rint(v);
        return Math.abs(v - whole) < 1e-12 ? whole : v;
    }
}
