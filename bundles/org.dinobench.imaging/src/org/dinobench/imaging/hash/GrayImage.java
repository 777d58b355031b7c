package org.dinobench.imaging.hash;

import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;

/**
 * A small gray picture, Rec. 601 luma.
 *
 * @param width pixels in a row
 * @param height rows
 * @param luma one unsigned byte a pixel, rows from the top
 */
record GrayImage(int width, int height, byte[] luma) {
    /** The gray of an image whose longer side is shrunk to at most {@code side} pixels. */
    static GrayImage of(RgbImage image, int side) {
        RgbImage small = new Resampler().shrinkLonger(image, side);
        byte[] rgb = small.rgb();
        byte[] luma = new byte[rgb.length / 3];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) ((19595 * (rgb[3 * i] & 0xff)
                            + 38470 * (rgb[3 * i + 1] & 0xff)
                            + 7471 * (rgb[3 * i + 2] & 0xff)
                            + 32768)
                    >> 16);
        }
        return new GrayImage(small.width(), small.height(), luma);
    }

    /** Bilinear value at a place whose four neighbours lie inside; NaN elsewhere. */
    double at(double x, double y) {
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        if (x0 < 0 || y0 < 0 || x0 + 1 >= width || y0 + 1 >= height) {
            return Double.NaN;
        }
        double ax = x - x0;
        double ay = y - y0;
        int i = y0 * width + x0;
        double top = (luma[i] & 0xff) * (1 - ax) + (luma[i + 1] & 0xff) * ax;
        double bottom = (luma[i + width] & 0xff) * (1 - ax) + (luma[i + width + 1] & 0xff) * ax;
        return top * (1 - ay) + bottom * ay;
    }
}
