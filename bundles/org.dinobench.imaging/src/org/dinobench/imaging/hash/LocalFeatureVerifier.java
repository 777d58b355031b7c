package org.dinobench.imaging.hash;

import java.util.Arrays;
import java.util.Objects;
import org.dinobench.imaging.internal.OpenCv;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;

/**
 * Decides whether two images are copies of one picture: recompressed, resized, cropped, turned, mirrored, brightened,
 * bordered or stamped. Features are matched both ways with Lowe's ratio test, RANSAC finds the similarity transform
 * that most matches agree on, and the pixels are then compared under that transform, which is what refuses different lesions
 * that share a lens ring, hairs or a ruler. Thread-safe; a millisecond or two per pair.
 */
public final class LocalFeatureVerifier {
    private static final double RATIO = 0.85;
    /** Pixels, in a picture of at most 256, that an inlier may miss its place by. */
    private static final double REACH = 3;

    private static final int FEWEST_MATCHES = 4;
    /** Pictures with at most this many features are also compared as a whole. */
    private static final int FEW = 24;

    private static final int WHOLE_BLOCKS = 16;
    private static final double WHOLE_CORRELATION = 0.9;
    private static final double WHOLE_AGREEMENT = 0.85;

    private final CopyCriteria criteria;

    /** A verifier with {@link CopyCriteria#DEFAULT}. */
    public LocalFeatureVerifier() {
        this(CopyCriteria.DEFAULT);
    }

    /** A verifier with its criteria. */
    public LocalFeatureVerifier(CopyCriteria criteria) {
        this.criteria = Objects.requireNonNull(criteria, "criteria");
    }

    /** Compares two images; mirrored copies are tried when the direct comparison finds none. */
    public CopyVerdict verify(LocalFeatures a, LocalFeatures b) {
        OpenCv.load();
        CopyVerdict direct = compare(a, b, false);
        if (direct.copy()) {
            return direct;
        }
        LocalFeatures reflection = a.mirrored();
        CopyVerdict mirrored = compare(reflection, b, true);
        if (mirrored.copy()) {
            return mirrored;
        }
        CopyVerdict best = mirrored.weight() > direct.weight() ? mirrored : direct;
        if (Math.min(a.count(), b.count()) > FEW) {
            return best;
        }
        CopyVerdict upright = whole(a, b, false);
        CopyVerdict other = upright.copy() ? upright : whole(reflection, b, true);
        return other.copy() ? other : best;
    }

    /**
     * For smooth pictures with few features: the whole of one against the whole of the other in the four quarter turns,
     * held to a stricter measure because no feature supports it.
     */
    private CopyVerdict whole(LocalFeatures a, LocalFeatures b, boolean mirrored) {
        GrayImage from = a.thumb();
        GrayImage to = b.thumb();
        CopyVerdict best = CopyVerdict.NOTHING;
        for (int quarter = 0; quarter < 4; quarter++) {
            Alignment found = Alignment.of(from, to, quarterTurn(from, to, quarter));
            if (found.blocks() >= WHOLE_BLOCKS && found.correlation() > best.correlation()) {
                boolean copy = found.correlation() >= WHOLE_CORRELATION && found.agreement() >= WHOLE_AGREEMENT;
                best = new CopyVerdict(copy, mirrored, 0, 0, found.overlap(), found.correlation(), found.agreement());
            }
        }
        return best;
    }

    /** The map that turns the first picture about its centre and stretches it over the second one. */
    private static double[] quarterTurn(GrayImage from, GrayImage to, int quarter) {
        double cos = quarter == 0 ? 1 : quarter == 2 ? -1 : 0;
        double sin = quarter == 1 ? 1 : quarter == 3 ? -1 : 0;
        double turnedWidth = quarter % 2 == 0 ? from.width() : from.height();
        double turnedHeight = quarter % 2 == 0 ? from.height() : from.width();
        double sx = to.width() / turnedWidth;
        double sy = to.height() / turnedHeight;
        double cx = (from.width() - 1) / 2.0;
        double cy = (from.height() - 1) / 2.0;
        return new double[] {
            sx * cos, -sx * sin, (to.width() - 1) / 2.0 - sx * (cos * cx - sin * cy),
            sy * sin, sy * cos, (to.height() - 1) / 2.0 - sy * (sin * cx + cos * cy)
        };
    }

    private CopyVerdict compare(LocalFeatures a, LocalFeatures b, boolean mirrored) {
        int[] matches = matches(a, b);
        int n = matches.length / 2;
        if (n < FEWEST_MATCHES) {
            return new CopyVerdict(false, mirrored, n, 0, 0, 0, 0);
        }
        Point[] from = new Point[n];
        Point[] to = new Point[n];
        for (int i = 0; i < n; i++) {
            from[i] = new Point(a.x(matches[2 * i]), a.y(matches[2 * i]));
            to[i] = new Point(b.x(matches[2 * i + 1]), b.y(matches[2 * i + 1]));
        }
        MatOfPoint2f source = new MatOfPoint2f(from);
        MatOfPoint2f target = new MatOfPoint2f(to);
        Mat inlierMask = new Mat();
        Mat transform =
                Calib3d.estimateAffinePartial2D(source, target, inlierMask, Calib3d.RANSAC, REACH, 2000, 0.995, 10);
        try {
            if (transform.empty()) {
                return new CopyVerdict(false, mirrored, n, 0, 0, 0, 0);
            }
            double[] map = new double[6];
            transform.get(0, 0, map);
            return judge(a, b, map, n, Core.countNonZero(inlierMask), mirrored);
        } finally {
            source.release();
            target.release();
            inlierMask.release();
            transform.release();
        }
    }

    private CopyVerdict judge(
            LocalFeatures a, LocalFeatures b, double[] map, int matches, int inliers, boolean mirrored) {
        double scale = Math.sqrt(Math.abs(map[0] * map[4] - map[1] * map[3]));
        if (scale < 0.15 || scale > 7) {
            return new CopyVerdict(false, mirrored, matches, inliers, 0, 0, 0);
        }
        Alignment alignment = Alignment.of(a.thumb(), b.thumb(), toThumbs(a, b, map));
        boolean copy = criteria.met(inliers, alignment);
        return new CopyVerdict(
                copy, mirrored, matches, inliers, alignment.overlap(), alignment.correlation(), alignment.agreement());
    }

    /** The map between the pictures with the features, as one between the small pictures. */
    private static double[] toThumbs(LocalFeatures a, LocalFeatures b, double[] map) {
        double sa = (double) a.width() / a.thumb().width();
        double sb = (double) b.thumb().width() / b.width();
        double shift = (sa - 1) / 2;
        double[] out = new double[6];
        for (int row = 0; row < 2; row++) {
            int r = 3 * row;
            out[r] = map[r] * sa * sb;
            out[r + 1] = map[r + 1] * sa * sb;
            // Pixel centres: place p of the large picture is (p + 0.5) / s - 0.5 of the small one.
            out[r + 2] = (map[r] * shift + map[r + 1] * shift + map[r + 2] + 0.5) * sb - 0.5;
        }
        return out;
    }

    /** Pairs of features that are each other's best match and clearly better than the next best. */
    private static int[] matches(LocalFeatures a, LocalFeatures b) {
        int na = a.count();
        int nb = b.count();
        if (na < 2 || nb < 2) {
            return new int[0];
        }
        float[] products = products(a, b);
        int[] bestOfB = new int[nb];
        float[] topOfB = new float[nb];
        for (int i = 0; i < na; i++) {
            for (int j = 0; j < nb; j++) {
                float p = products[i * nb + j];
                if (p > topOfB[j]) {
                    topOfB[j] = p;
                    bestOfB[j] = i;
                }
            }
        }
        int[] pairs = new int[2 * Math.min(na, nb)];
        int n = 0;
        for (int i = 0; i < na; i++) {
            float first = -1;
            float second = -1;
            int best = 0;
            for (int j = 0; j < nb; j++) {
                float p = products[i * nb + j];
                if (p > first) {
                    second = first;
                    first = p;
                    best = j;
                } else if (p > second) {
                    second = p;
                }
            }
            // Squared distance of unit vectors is 2 - 2 p.
            if (bestOfB[best] == i && 1 - first < RATIO * RATIO * (1 - second)) {
                pairs[n++] = i;
                pairs[n++] = best;
            }
        }
        return Arrays.copyOf(pairs, n);
    }

    /**
     * All inner products, row by row of {@code a}. Four numbers of a descriptor at a time are added to a whole row,
     * which the compiler turns into vector instructions: faster than OpenCV's own multiplication of matrices this small.
     */
    private static float[] products(LocalFeatures a, LocalFeatures b) {
        int na = a.count();
        int nb = b.count();
        float[] left = a.unitDescriptors();
        float[] right = transposed(b.unitDescriptors(), nb);
        float[] values = new float[na * nb];
        float[] row = new float[nb];
        for (int i = 0; i < na; i++) {
            Arrays.fill(row, 0);
            for (int k = 0; k < LocalFeatures.LENGTH; k += 4) {
                int at = i * LocalFeatures.LENGTH + k;
                addFour(row, right, k * nb, left[at], left[at + 1], left[at + 2], left[at + 3]);
            }
            System.arraycopy(row, 0, values, i * nb, nb);
        }
        return values;
    }

    private static void addFour(float[] row, float[] columns, int from, float a, float b, float c, float d) {
        int n = row.length;
        int second = from + n;
        int third = second + n;
        int fourth = third + n;
        for (int j = 0; j < n; j++) {
            row[j] +=
                    a * columns[from + j] + b * columns[second + j] + c * columns[third + j] + d * columns[fourth + j];
        }
    }

    private static float[] transposed(float[] rows, int count) {
        float[] columns = new float[rows.length];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < LocalFeatures.LENGTH; k++) {
                columns[k * count + i] = rows[i * LocalFeatures.LENGTH + k];
            }
        }
        return columns;
    }
}
