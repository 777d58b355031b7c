package org.dinobench.imaging.hash;

import org.dinobench.imaging.internal.OpenCv;
import org.dinobench.imaging.internal.StreamRandom;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Sums the local features of an image into one vector whose inner product with another's approximates the sum of a
 * narrow Gaussian kernel over all pairs of features, that is, counts the features that both share, wherever they lie:
 * random Fourier features (Rahimi and Recht 2007) of SIFT descriptors, each taken plain and mirrored. Signed square
 * roots at the end keep repeated texture from drowning the rest.
 */
final class MatchKernel {
    /** Numbers of the vector. */
    static final int SIZE = 256;

    /** Square of the kernel's width; descriptors have length 1, so unrelated ones lie about 1 apart. */
    private static final double WIDTH_SQUARED = 0.05;

    private static final int TURN = 4096;
    private static final float[] COSINE = new float[TURN];
    private static final Projection PROJECTION = new Projection();

    static {
        for (int i = 0; i < TURN; i++) {
            COSINE[i] = (float) StrictMath.cos(2 * Math.PI * i / TURN);
        }
    }

    private MatchKernel() {}

    /** The sum over all features, {@link #SIZE} floats; zeros without features. */
    static double[] sum(LocalFeatures features) {
        int n = features.count();
        double[] sum = new double[SIZE];
        if (n == 0) {
            return sum;
        }
        float[] turns = PROJECTION.project(features.unitDescriptors(), n);
        for (int f = 0; f < n; f++) {
            int at = f * 2 * SIZE;
            for (int d = 0; d < SIZE; d++) {
                sum[d] += cosine(turns[at + d] + PROJECTION.phase[d])
                        + cosine(turns[at + SIZE + d] + PROJECTION.phase[d]);
            }
        }
        for (int d = 0; d < SIZE; d++) {
            sum[d] = Math.copySign(Math.sqrt(Math.abs(sum[d])), sum[d]);
        }
        return sum;
    }

    /** Cosine of an angle in units of 1/4096 turn. */
    private static float cosine(float angle) {
        return COSINE[(int) Math.floor(angle) & (TURN - 1)];
    }

    /** Fixed random directions and phases, in units of 1/4096 turn; the second half reads mirrored descriptors. */
    private static final class Projection {
        private static final long SEED = 0x6d61746368L;

        final float[] phase = new float[SIZE];
        private final Mat directions = new Mat();

        Projection() {
            OpenCv.load();
            StreamRandom random = StreamRandom.of(SEED);
            int length = LocalFeatures.LENGTH;
            float[] values = new float[2 * SIZE * length];
            double scale = TURN / (2 * Math.PI) / Math.sqrt(WIDTH_SQUARED);
            for (int d = 0; d < SIZE; d++) {
                for (int i = 0; i < length; i++) {
                    float value = (float) (gaussian(random) * scale);
                    values[d * length + i] = value;
                    values[(SIZE + d) * length + LocalFeatures.mirroredIndex(i)] = value;
                }
                phase[d] = (float) (random.nextDouble() * TURN);
            }
            directions.create(2 * SIZE, length, CvType.CV_32F);
            directions.put(0, 0, values);
        }

        /** Inner products of n descriptors with all directions: n rows of 2 * SIZE. */
        float[] project(float[] descriptors, int n) {
            Mat rows = new Mat(n, LocalFeatures.LENGTH, CvType.CV_32F);
            Mat none = new Mat();
            Mat product = new Mat();
            try {
                rows.put(0, 0, descriptors);
                Core.gemm(rows, directions, 1, none, 0, product, Core.GEMM_2_T);
                float[] out = new float[n * 2 * SIZE];
                product.get(0, 0, out);
                return out;
            } finally {
                rows.release();
                none.release();
                product.release();
            }
        }

        /** Box-Muller by StrictMath, so that every machine draws the same directions. */
        private static double gaussian(StreamRandom random) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
        }
    }
}
