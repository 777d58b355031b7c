package org.dinobench.imaging.augment;

/**
 * Gaussian blur of a square or oblong image as torchvision does it on 8-bit images: a normalised kernel, mirrored
 * borders (the edge pixel not repeated), float arithmetic, rounded once at the end. Two one-dimensional passes. Holds
 * scratch memory: one instance per thread.
 */
final class GaussianBlur {
    private final int taps;
    private float[] padded = new float[0];
    private float[] passed = new float[0];
    private float[] line = new float[0];

    /** @param taps odd number of taps */
    GaussianBlur(int taps) {
        this.taps = taps;
    }

    /** Blurs interleaved values 0 to 255 in place. */
    void apply(int[] px, int width, int height, double sigma) {
        float[] kernel = kernel(sigma);
        int reach = taps / 2;
        int w3 = 3 * width;
        int p3 = w3 + 6 * reach;
        if (padded.length < p3) {
            padded = new float[p3];
        }
        if (passed.length < w3 * height) {
            passed = new float[w3 * height];
        }
        if (line.length < w3) {
            line = new float[w3];
        }
        for (int y = 0; y < height; y++) {
            pad(px, y * w3, width, reach);
            for (int k = 0; k < taps; k++) {
                accumulate(passed, y * w3, padded, 3 * k, w3, kernel[k], k == 0);
            }
        }
        for (int y = 0; y < height; y++) {
            for (int k = 0; k < taps; k++) {
                int from = mirror(y + k - reach, height);
                accumulate(line, 0, passed, from * w3, w3, kernel[k], k == 0);
            }
            int to = y * w3;
            for (int i = 0; i < w3; i++) {
                px[to + i] = Math.min(255, (int) (line[i] + 0.5f));
            }
        }
    }

    private void pad(int[] px, int from, int width, int reach) {
        for (int x = 0; x < width; x++) {
            int to = 3 * (x + reach);
            padded[to] = px[from + 3 * x];
            padded[to + 1] = px[from + 3 * x + 1];
            padded[to + 2] = px[from + 3 * x + 2];
        }
        for (int x = 0; x < reach; x++) {
            copy(3 * x, 3 * (mirror(x - reach, width) + reach));
            copy(3 * (x + reach + width), 3 * (mirror(x + width, width) + reach));
        }
    }

    private void copy(int to, int from) {
        padded[to] = padded[from];
        padded[to + 1] = padded[from + 1];
        padded[to + 2] = padded[from + 2];
    }

    private static void accumulate(float[] to, int t, float[] from, int f, int n, float weight, boolean first) {
        if (first) {
            for (int i = 0; i < n; i++) {
                to[t + i] = weight * from[f + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                to[t + i] += weight * from[f + i];
            }
        }
    }

    private float[] kernel(double sigma) {
        float[] kernel = new float[taps];
        double total = 0;
        for (int k = 0; k < taps; k++) {
            double d = (k - taps / 2) / sigma;
            kernel[k] = (float) Math.exp(-0.5 * d * d);
            total += kernel[k];
        }
        for (int k = 0; k < taps; k++) {
            kernel[k] = (float) (kernel[k] / total);
        }
        return kernel;
    }

    /** The place inside 0 .. n - 1 that a place outside mirrors, the edge itself not repeated. */
    static int mirror(int i, int n) {
        if (n == 1) {
            return 0;
        }
        int period = 2 * n - 2;
        int m = Math.floorMod(i, period);
        return m < n ? m : period - m;
    }
}
