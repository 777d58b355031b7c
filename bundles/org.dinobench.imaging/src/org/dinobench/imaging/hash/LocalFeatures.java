package org.dinobench.imaging.hash;

import java.lang.ref.Reference;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.internal.OpenCv;
import org.opencv.core.CvType;
import org.opencv.core.KeyPoint;
import org.opencv.core.Mat;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.features2d.SIFT;

/**
 * SIFT features (Lowe 2004) of an image and a small gray picture of it: all that {@link LocalFeatureVerifier} needs, at
 * most about 50 KB, so that each image is looked at once however many pairs it is in. Immutable.
 */
public final class LocalFeatures {
    /** Longer side, in pixels, of the picture in which features are found; larger images are shrunk to it. */
    static final int SIDE = 256;
    /** Longer side of the picture kept for the comparison of pixels. */
    static final int THUMB = 96;
    /** Numbers of a descriptor: 4 x 4 places of 8 directions. */
    static final int LENGTH = 128;

    private static final int MOST = 256;
    private static final int LAYERS = 3;
    /** Half of Lowe's value: skin is smooth, and the verifier discards what is noise. */
    private static final double CONTRAST = 0.02;

    private static final double EDGE = 10;
    private static final double SIGMA = 1.6;

    private final int width;
    private final int height;
    private final float[] places;
    private final byte[] descriptors;
    private final GrayImage thumb;

    private LocalFeatures(int width, int height, float[] places, byte[] descriptors, GrayImage thumb) {
        this.width = width;
        this.height = height;
        this.places = places;
        this.descriptors = descriptors;
        this.thumb = thumb;
    }

    /** Finds the features of an image; a few milliseconds. */
    public static LocalFeatures of(RgbImage image) {
        OpenCv.load();
        GrayImage gray = GrayImage.of(image, SIDE);
        Mat pixels = new Mat(gray.height(), gray.width(), CvType.CV_8UC1);
        Mat mask = new Mat();
        MatOfKeyPoint found = new MatOfKeyPoint();
        Mat described = new Mat();
        SIFT sift = SIFT.create(MOST, LAYERS, CONTRAST, EDGE, SIGMA);
        try {
            pixels.put(0, 0, gray.luma());
            sift.detectAndCompute(pixels, mask, found, described);
            KeyPoint[] points = found.toArray();
            float[] places = new float[2 * points.length];
            for (int i = 0; i < points.length; i++) {
                places[2 * i] = (float) points[i].pt.x;
                places[2 * i + 1] = (float) points[i].pt.y;
            }
            float[] values = new float[LENGTH * points.length];
            if (points.length > 0) {
                described.get(0, 0, values);
            }
            byte[] descriptors = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                descriptors[i] = (byte) (int) values[i];
            }
            return new LocalFeatures(gray.width(), gray.height(), places, descriptors, GrayImage.of(image, THUMB));
        } finally {
            // OpenCV's finalizer could free it in the middle of the call, which holds the address alone.
            Reference.reachabilityFence(sift);
            pixels.release();
            mask.release();
            found.release();
            described.release();
        }
    }

    /** Number of features. */
    public int count() {
        return places.length / 2;
    }

    /** Bytes that this object holds, about. */
    public long bytes() {
        return 64L + 4L * places.length + descriptors.length + thumb.luma().length;
    }

    /** Width of the picture in which places are measured. */
    int width() {
        return width;
    }

    /** Height of the picture in which places are measured. */
    int height() {
        return height;
    }

    GrayImage thumb() {
        return thumb;
    }

    double x(int feature) {
        return places[2 * feature];
    }

    double y(int feature) {
        return places[2 * feature + 1];
    }

    /** The descriptors as floats of length 1, one after the other. */
    float[] unitDescriptors() {
        float[] out = new float[descriptors.length];
        for (int f = 0; f < count(); f++) {
            int at = f * LENGTH;
            double sum = 0;
            for (int i = 0; i < LENGTH; i++) {
                double v = descriptors[at + i] & 0xff;
                sum += v * v;
            }
            float scale = sum > 0 ? (float) (1 / Math.sqrt(sum)) : 0;
            for (int i = 0; i < LENGTH; i++) {
                out[at + i] = (descriptors[at + i] & 0xff) * scale;
            }
        }
        return out;
    }

    /**
     * Where a number of a descriptor stands in the descriptor of the mirrored feature. A descriptor is written in the
     * frame of its own direction, so mirroring reverses the rows across that direction and the sense of all angles.
     */
    static int mirroredIndex(int i) {
        int row = i / 32;
        int column = i / 8 % 4;
        int angle = i % 8;
        return ((3 - row) * 4 + column) * 8 + (8 - angle) % 8;
    }

    /** These features as they would be found in the mirrored image. */
    LocalFeatures mirrored() {
        float[] flipped = places.clone();
        byte[] turned = new byte[descriptors.length];
        for (int f = 0; f < count(); f++) {
            flipped[2 * f] = width - 1 - places[2 * f];
            for (int i = 0; i < LENGTH; i++) {
                turned[f * LENGTH + mirroredIndex(i)] = descriptors[f * LENGTH + i];
            }
        }
        byte[] luma = new byte[thumb.luma().length];
        for (int y = 0; y < thumb.height(); y++) {
            for (int x = 0; x < thumb.width(); x++) {
                luma[y * thumb.width() + x] = thumb.luma()[y * thumb.width() + thumb.width() - 1 - x];
            }
        }
        return new LocalFeatures(width, height, flipped, turned, new GrayImage(thumb.width(), thumb.height(), luma));
    }
}
