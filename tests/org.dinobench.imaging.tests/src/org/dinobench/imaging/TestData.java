package org.dinobench.imaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** Pictures and folders that several tests use. */
public final class TestData {
    private TestData() {}

    /** A smooth picture with shapes, different for each seed. */
    public static RgbImage picture(int width, int height, long seed) {
        return picture(width, height, seed, 12);
    }

    /** A picture without edges, which JPEG keeps well. */
    public static RgbImage smooth(int width, int height, long seed) {
        return picture(width, height, seed, 0);
    }

    private static RgbImage picture(int width, int height, long seed, int blobs) {
        Random random = new Random(seed);
        double[] p = random.doubles(18, 0.5, 3).toArray();
        double[] blob = random.doubles(6 * blobs).toArray();
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = (double) x / width;
                double v = (double) y / height;
                double[] c = {0, 0, 0};
                for (int k = 0; k < 3; k++) {
                    c[k] = 128 + 50 * Math.sin(6 * u * p[6 * k] + p[6 * k + 1]) * Math.cos(5 * v * p[6 * k + 2]);
                }
                for (int b = 0; b < blobs; b++) {
                    double d = Math.hypot(u - blob[6 * b], v - blob[6 * b + 1]);
                    if (d < 0.03 + 0.12 * blob[6 * b + 2]) {
                        for (int k = 0; k < 3; k++) {
                            c[k] = 255 * blob[6 * b + 3 + k];
                        }
                    }
                }
                for (int k = 0; k < 3; k++) {
                    rgb[3 * (y * width + x) + k] = (byte) (int) Math.max(0, Math.min(255, c[k]));
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** Largest difference of two images of one size, in gray levels. */
    public static int largestDifference(RgbImage a, RgbImage b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new AssertionError(a.width() + " x " + a.height() + " against " + b.width() + " x " + b.height());
        }
        int most = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            most = Math.max(most, Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)));
        }
        return most;
    }

    /** Mean difference of two images of one size, in gray levels. */
    public static double meanDifference(RgbImage a, RgbImage b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new AssertionError(a.width() + " x " + a.height() + " against " + b.width() + " x " + b.height());
        }
        double sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return sum / a.rgb().length;
    }

    /** A folder of real images, or the test is skipped with the reason. */
    public static Path folder(String name) {
        String root = System.getenv("DINOBENCH_TEST_DATA");
        Path folder = root == null ? null : Path.of(root, name);
        boolean there = folder != null && Files.isDirectory(folder);
        if (!there) {
            System.out.println(
                    "Skipped: the set " + name + " is not there (DINOBENCH_TEST_DATA names no folder with it)");
        }
        Assumptions.assumeTrue(there, "DINOBENCH_TEST_DATA names no folder with " + name);
        return folder;
    }
}
