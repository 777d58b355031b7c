package org.dinobench.imaging;

/**
 * Bicubic resizing with antialiasing (a = -0.5; the kernel widens with the reduction), bit for bit what Pillow computes
 * for 8-bit images, and with it torchvision on PIL images: fixed-point weights of 22 bits, the horizontal pass first,
 * rounded and clipped to 8 bits between the passes. Holds scratch memory: one instance per thread.
 */
public final class Resampler {
    private static final int BITS = 22;
    private static final int HALF = 1 << (BITS - 1);
    private static final double SUPPORT = 2.0;
    /** Rows that go through the horizontal pass together, so that its inner loop runs over neighbours in memory. */
    private static final int STRIP = 32;

    private int[] columns = new int[0];
    private int[] rows = new int[0];
    private int[] sums = new int[0];

    /**
     * A resized copy.
     *
     * @param width columns of the result, at least 1
     * @param height rows of the result, at least 1
     */
    public RgbImage resize(RgbImage image, int width, int height) {
        if (width == image.width() && height == image.height()) {
            return image;
        }
        int[] out = new int[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        resize(image.rgb(), image.width(), 0, 0, image.width(), image.height(), width, height, out);
        byte[] rgb = new byte[out.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) out[i];
        }
        return new RgbImage(width, height, rgb);
    }

    /**
     * A copy whose shorter side has a given length; the longer side is rounded down, as torchvision's Resize does.
     *
     * @param side pixels of the shorter side, at least 1
     */
    public RgbImage resizeShorter(RgbImage image, int side) {
        int w = image.width();
        int h = image.height();
        return w <= h
                ? resize(image, side, Math.max(1, (int) ((long) side * h / w)))
                : resize(image, Math.max(1, (int) ((long) side * w / h)), side);
    }

    /** A copy whose longer side has a given length, or the image itself when that is not longer. */
    public RgbImage shrinkLonger(RgbImage image, int side) {
        int w = image.width();
        int h = image.height();
        if (Math.max(w, h) <= side) {
            return image;
        }
        return w >= h
                ? resize(image, side, Math.max(1, Math.round((float) side * h / w)))
                : resize(image, Math.max(1, Math.round((float) side * w / h)), side);
    }

    /**
     * Resizes a rectangle of an image; pixels outside the rectangle have no influence.
     *
     * @param rgb the image, interleaved
     * @param stride width of the image in pixels
     * @param x left column of the rectangle
     * @param y top row of the rectangle
     * @param w columns of the rectangle
     * @param h rows of the rectangle
     * @param outW columns of the result
     * @param outH rows of the result
     * @param out receives {@code 3 * outW * outH} values 0 to 255, interleaved
     */
    public void resize(byte[] rgb, int stride, int x, int y, int w, int h, int outW, int outH, int[] out) {
        rows = atLeast(rows, 3 * outW * h);
        if (w == outW) {
            for (int row = 0; row < h; row++) {
                int from = 3 * ((y + row) * stride + x);
                int to = 3 * outW * row;
                for (int i = 0; i < 3 * w; i++) {
                    rows[to + i] = rgb[from + i] & 0xff;
                }
            }
        } else {
            horizontal(rgb, stride, x, y, w, h, outW);
        }
        if (h == outH) {
            System.arraycopy(rows, 0, out, 0, 3 * outW * outH);
        } else {
            vertical(h, outW, outH, out);
        }
    }

    private void horizontal(byte[] rgb, int stride, int x, int y, int w, int h, int outW) {
        Weights weights = new Weights(w, outW);
        columns = atLeast(columns, 3 * STRIP * w);
        sums = atLeast(sums, 3 * STRIP);
        int[] cols = columns;
        int[] acc = sums;
        for (int top = 0; top < h; top += STRIP) {
            int n = Math.min(STRIP, h - top);
            int line = 3 * n;
            for (int r = 0; r < n; r++) {
                int from = 3 * ((y + top + r) * stride + x);
                int to = 3 * r;
                for (int i = 0; i < w; i++) {
                    cols[to] = rgb[from] & 0xff;
                    cols[to + 1] = rgb[from + 1] & 0xff;
                    cols[to + 2] = rgb[from + 2] & 0xff;
                    from += 3;
                    to += line;
                }
            }
            for (int o = 0; o < outW; o++) {
                weights.apply(o, cols, line, acc);
                int to = 3 * (outW * top + o);
                for (int r = 0; r < line; r += 3) {
                    rows[to] = clip(acc[r]);
                    rows[to + 1] = clip(acc[r + 1]);
                    rows[to + 2] = clip(acc[r + 2]);
                    to += 3 * outW;
                }
            }
        }
    }

    private void vertical(int h, int outW, int outH, int[] out) {
        Weights weights = new Weights(h, outH);
        int line = 3 * outW;
        sums = atLeast(sums, line);
        for (int o = 0; o < outH; o++) {
            weights.apply(o, rows, line, sums);
            int to = o * line;
            for (int i = 0; i < line; i++) {
                out[to + i] = Math.max(0, Math.min(255, sums[i] >> BITS));
            }
        }
    }

    private static int clip(int sum) {
        return Math.max(0, Math.min(255, sum >> BITS));
    }

    private static int[] atLeast(int[] array, int length) {
        return array.length >= length ? array : new int[length];
    }

    /** For each place of the result: the first source place and its fixed-point weights. */
    private static final class Weights {
        private final int[] first;
        private final int[] count;
        private final int[] weight;
        private final int most;

        Weights(int in, int out) {
            double scale = (double) in / out;
            double stretch = Math.max(scale, 1.0);
            double support = SUPPORT * stretch;
            most = (int) Math.ceil(support) * 2 + 1;
            first = new int[out];
            count = new int[out];
            weight = new int[out * most];
            double[] raw = new double[most];
            for (int o = 0; o < out; o++) {
                double centre = (o + 0.5) * scale;
                int low = Math.max(0, (int) (centre - support + 0.5));
                int high = Math.min(in, (int) (centre + support + 0.5));
                double total = 0;
                for (int i = low; i < high; i++) {
                    raw[i - low] = cubic((i - centre + 0.5) / stretch);
                    total += raw[i - low];
                }
                first[o] = low;
                count[o] = high - low;
                for (int k = 0; k < high - low; k++) {
                    double fixed = (total != 0 ? raw[k] / total : raw[k]) * (1 << BITS);
                    weight[o * most + k] = (int) (fixed < 0 ? fixed - 0.5 : fixed + 0.5);
                }
            }
        }

        private static double cubic(double t) {
            double a = -0.5;
            double d = Math.abs(t);
            if (d < 1) {
                return ((a + 2) * d - (a + 3)) * d * d + 1;
            }
            return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
        }

        /** Weighted sum of lines of {@code line} numbers each, plus one half for rounding. */
        void apply(int o, int[] source, int line, int[] acc) {
            int n = count[o];
            int w = o * most;
            int at = first[o] * line;
            start(acc, line, source, at, weight[w]);
            int k = 1;
            for (; k + 3 < n; k += 4) {
                add4(
                        acc,
                        line,
                        source,
                        at + k * line,
                        weight[w + k],
                        weight[w + k + 1],
                        weight[w + k + 2],
                        weight[w + k + 3]);
            }
            for (; k < n; k++) {
                add(acc, line, source, at + k * line, weight[w + k]);
            }
        }

        private static void start(int[] acc, int n, int[] source, int at, int a) {
            for (int i = 0; i < n; i++) {
                acc[i] = HALF + a * source[at + i];
            }
        }

        private static void add(int[] acc, int n, int[] source, int at, int a) {
            for (int i = 0; i < n; i++) {
                acc[i] += a * source[at + i];
            }
        }

        private static void add4(int[] acc, int n, int[] source, int at, int a, int b, int c, int d) {
            int second = at + n;
            int third = second + n;
            int fourth = third + n;
            for (int i = 0; i < n; i++) {
                acc[i] += a * source[at + i] + b * source[second + i] + c * source[third + i] + d * source[fourth + i];
            }
        }
    }
}
