package org.dinobench.imaging.hash;

import java.util.Arrays;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;

/**
 * A short vector of an image, without any network, whose inner products find candidates for copies: the nearest
 * neighbours of an image hold its copies, which {@link LocalFeatureVerifier} then tells from the merely similar. It
 * joins the picture as a whole (low cosine frequencies, colours and edges on rings) with a sum over its local features.
 * Mirroring and quarter turns change next to nothing, small
 * turns, crops, borders, brightness and recompression little.
 *
 * @param vector {@link #DIMENSION} floats of Euclidean length 1
 */
public record CopyDescriptor(float[] vector) {
    private static final int STRUCTURE_SIDE = 32;
    private static final int LOW = 10;
    private static final double[][] COSINES = new double[LOW][STRUCTURE_SIDE];
    private static final int STRUCTURE = LOW * (LOW + 1) / 2 - 1;
    private static final int RINGS = 6;
    private static final int COLOUR = RINGS * 3;
    private static final int EDGE_BINS = 8;
    private static final int EDGES = RINGS * EDGE_BINS;

    /** Weight of the shared local features against the picture as a whole. */
    private static final double SHARED = 0.7;

    /** Number of floats of a vector. */
    public static final int DIMENSION = STRUCTURE + COLOUR + EDGES + MatchKernel.SIZE;

    private static final double[] FADE = new double[STRUCTURE_SIDE * STRUCTURE_SIDE];

    static {
        for (int i = 0; i < FADE.length; i++) {
            double middle = (STRUCTURE_SIDE - 1) / 2.0;
            double d = Math.hypot(i % STRUCTURE_SIDE - middle, i / STRUCTURE_SIDE - middle) / (middle + 0.5);
            FADE[i] = d >= 1.1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * d / 1.1);
        }
    }

    static {
        for (int f = 0; f < LOW; f++) {
            for (int i = 0; i < STRUCTURE_SIDE; i++) {
                COSINES[f][i] = Math.cos(Math.PI * (2 * i + 1) * f / (2.0 * STRUCTURE_SIDE));
            }
        }
    }

    /** @throws IllegalArgumentException when the length is not {@link #DIMENSION} */
    public CopyDescriptor {
        if (vector.length != DIMENSION) {
            throw new IllegalArgumentException("A descriptor has " + DIMENSION + " numbers, not " + vector.length);
        }
    }

    /** The descriptor of an image, which finds its local features too. */
    public static CopyDescriptor of(RgbImage image) {
        return of(image, LocalFeatures.of(image));
    }

    /**
     * The descriptor of an image whose local features are already known; about a millisecond.
     *
     * @param features those of the same image
     */
    public static CopyDescriptor of(RgbImage image, LocalFeatures features) {
        RgbImage small = new Resampler().resize(image, STRUCTURE_SIDE, STRUCTURE_SIDE);
        double[] luma = new double[STRUCTURE_SIDE * STRUCTURE_SIDE];
        for (int i = 0; i < luma.length; i++) {
            int at = 3 * i;
            luma[i] = 0.299 * (small.rgb()[at] & 0xff)
                    + 0.587 * (small.rgb()[at + 1] & 0xff)
                    + 0.114 * (small.rgb()[at + 2] & 0xff);
        }
        tame(luma);
        float[] vector = new float[DIMENSION];
        append(vector, 0, structure(luma), 1.0);
        append(vector, STRUCTURE, colour(small), 0.8);
        append(vector, STRUCTURE + COLOUR, edges(luma), 0.8);
        append(vector, 0, vector.clone(), 1.0);
        append(vector, STRUCTURE + COLOUR + EDGES, MatchKernel.sum(features), SHARED);
        append(vector, 0, vector.clone(), 1.0);
        return new CopyDescriptor(vector);
    }

    /**
     * Clips the darkest and brightest twentieth and fades the picture out towards its corners, so that borders, the
     * corners of a turned picture and stamps weigh little.
     */
    private static void tame(double[] luma) {
        double[] sorted = luma.clone();
        Arrays.sort(sorted);
        double low = sorted[sorted.length / 20];
        double high = sorted[sorted.length - 1 - sorted.length / 20];
        double mean = 0;
        for (int i = 0; i < luma.length; i++) {
            luma[i] = Math.max(low, Math.min(high, luma[i]));
            mean += luma[i] / luma.length;
        }
        for (int y = 0; y < STRUCTURE_SIDE; y++) {
            for (int x = 0; x < STRUCTURE_SIDE; x++) {
                int i = y * STRUCTURE_SIDE + x;
                luma[i] = (luma[i] - mean) * FADE[i];
            }
        }
    }

    /** Inner product with another descriptor, -1 to 1. */
    public double similarity(CopyDescriptor other) {
        double sum = 0;
        for (int i = 0; i < DIMENSION; i++) {
            sum += vector[i] * other.vector[i];
        }
        return sum;
    }

    /** Magnitudes of the low cosine frequencies; a pair (u, v), (v, u) is folded into one number. */
    private static double[] structure(double[] luma) {
        double[][] frequency = new double[LOW][LOW];
        double[][] half = new double[LOW][STRUCTURE_SIDE];
        for (int u = 0; u < LOW; u++) {
            for (int y = 0; y < STRUCTURE_SIDE; y++) {
                for (int x = 0; x < STRUCTURE_SIDE; x++) {
                    half[u][y] += COSINES[u][x] * luma[y * STRUCTURE_SIDE + x];
                }
            }
        }
        for (int v = 0; v < LOW; v++) {
            for (int u = 0; u < LOW; u++) {
                for (int y = 0; y < STRUCTURE_SIDE; y++) {
                    frequency[v][u] += COSINES[v][y] * half[u][y];
                }
            }
        }
        double[] out = new double[STRUCTURE];
        int n = 0;
        for (int v = 0; v < LOW; v++) {
            for (int u = 0; u <= v; u++) {
                if (u + v > 0) {
                    // The root tames the few largest coefficients, which most images share.
                    out[n++] = Math.sqrt(Math.hypot(frequency[v][u], frequency[u][v]));
                }
            }
        }
        return centred(out);
    }

    /** Chroma and relative brightness on rings around the centre. */
    private static double[] colour(RgbImage small) {
        double[] sums = new double[COLOUR];
        int[] counts = new int[RINGS];
        double all = 0;
        int pixels = 0;
        for (int y = 0; y < STRUCTURE_SIDE; y++) {
            for (int x = 0; x < STRUCTURE_SIDE; x++) {
                double r = small.value(x, y, 0);
                double g = small.value(x, y, 1);
                double b = small.value(x, y, 2);
                double total = r + g + b + 24;
                int ring = ring(x, y);
                if (ring >= RINGS) {
                    continue;
                }
                pixels++;
                sums[3 * ring] += (r - g) / total;
                sums[3 * ring + 1] += (g - b) / total;
                sums[3 * ring + 2] += total;
                counts[ring]++;
                all += total;
            }
        }
        double mean = all / pixels;
        for (int ring = 0; ring < RINGS; ring++) {
            sums[3 * ring] *= 4.0 / counts[ring];
            sums[3 * ring + 1] *= 4.0 / counts[ring];
            sums[3 * ring + 2] = sums[3 * ring + 2] / counts[ring] / mean - 1;
        }
        return sums;
    }

    /** Histograms of gradient strength on rings, and how strongly directions are bundled there. */
    private static double[] edges(double[] luma) {
        double[] out = new double[EDGES];
        double[] strengths = new double[(STRUCTURE_SIDE - 2) * (STRUCTURE_SIDE - 2)];
        int n = 0;
        for (int y = 1; y < STRUCTURE_SIDE - 1; y++) {
            for (int x = 1; x < STRUCTURE_SIDE - 1; x++) {
                strengths[n++] = strength(luma, x, y);
            }
        }
        double[] sorted = strengths.clone();
        Arrays.sort(sorted);
        double unit = Math.max(1, sorted[sorted.length * 3 / 4]);
        n = 0;
        for (int y = 1; y < STRUCTURE_SIDE - 1; y++) {
            for (int x = 1; x < STRUCTURE_SIDE - 1; x++) {
                double level = Math.log1p(strengths[n++] / unit) * 4;
                int bin = Math.min(EDGE_BINS - 1, (int) level);
                int ring = ring(x, y);
                if (ring < RINGS) {
                    out[ring * EDGE_BINS + bin]++;
                }
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.sqrt(out[i]);
        }
        return centred(out);
    }

    private static double strength(double[] luma, int x, int y) {
        int i = y * STRUCTURE_SIDE + x;
        return Math.hypot(luma[i + 1] - luma[i - 1], luma[i + STRUCTURE_SIDE] - luma[i - STRUCTURE_SIDE]);
    }

    private static int ring(int x, int y) {
        double middle = (STRUCTURE_SIDE - 1) / 2.0;
        double d = Math.hypot(x - middle, y - middle) / (middle + 0.5);
        return (int) (d * RINGS);
    }

    private static double[] centred(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
        }
        return values;
    }

    private static void append(float[] vector, int at, double[] part, double weight) {
        double sum = 0;
        for (double v : part) {
            sum += v * v;
        }
        double scale = sum > 0 ? weight / Math.sqrt(sum) : 0;
        for (int i = 0; i < part.length; i++) {
            vector[at + i] = (float) (part[i] * scale);
        }
    }

    private static void append(float[] vector, int at, float[] part, double weight) {
        double[] values = new double[part.length];
        for (int i = 0; i < part.length; i++) {
            values[i] = part[i];
        }
        append(vector, at, values, weight);
    }
}
