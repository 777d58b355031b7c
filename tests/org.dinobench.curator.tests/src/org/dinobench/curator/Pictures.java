package org.dinobench.curator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;

/** Pictures of coloured shapes, different for each seed, and copies of them. */
public final class Pictures {
    private static final int SIDE = 160;

    private Pictures() {}

    public static RgbImage of(long seed) {
        return of(seed, SIDE);
    }

    public static RgbImage of(long seed, int side) {
        Random random = new Random(seed);
        byte[] rgb = new byte[3 * side * side];
        int[] ground = colour(random);
        paint(rgb, side, 0, 0, side, side, ground);
        for (int shape = 0; shape < 40; shape++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            double w = 0.04 + 0.2 * random.nextDouble();
            double h = 0.04 + 0.2 * random.nextDouble();
            paint(rgb, side, (int) (x * side), (int) (y * side), (int) (w * side), (int) (h * side), colour(random));
        }
        return new RgbImage(side, side, rgb);
    }

    private static int[] colour(Random random) {
        return new int[] {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
    }

    private static void paint(byte[] rgb, int side, int left, int top, int width, int height, int[] colour) {
        for (int y = top; y < Math.min(side, top + height); y++) {
            for (int x = left; x < Math.min(side, left + width); x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[3 * (y * side + x) + c] = (byte) colour[c];
                }
            }
        }
    }

    public static RgbImage mirrored(RgbImage image) {
        byte[] rgb = new byte[image.rgb().length];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[3 * (y * image.width() + x) + c] = (byte) image.value(image.width() - 1 - x, y, c);
                }
            }
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    public static RgbImage brighter(RgbImage image) {
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.min(255, (image.rgb()[i] & 0xff) * 0.8 + 30);
        }
        return new RgbImage(image.width(), image.height(), rgb);
    }

    public static Path write(RgbImage image, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ImageWriter.writePng(image, file);
        return file;
    }
}
