package org.dinobench.evaluation.segmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;

/**
 * Images with exact masks: a cut of one picture, and in it a shape filled from another picture. The pictures are
 * photographs of landscapes and of skin where a folder of them is named by DINOBENCH_TEST_DATA, else drawn.
 */
final class Composites {
    static final int SIDE = 96;

    private final List<RgbImage> backgrounds = new ArrayList<>();
    private final List<RgbImage> objects = new ArrayList<>();
    private final Random random = new Random(5);

    /** Drawn pictures: soft horizontal waves, and speckles of a similar brightness. */
    static Composites drawn() {
        Composites composites = new Composites();
        for (int i = 0; i < 6; i++) {
            composites.backgrounds.add(composites.waves(i));
            composites.objects.add(composites.speckles());
        }
        return composites;
    }

    /** Photographs of a folder with {@code base/debian_*.jpg} and {@code base/isic_*.jpg}. */
    static Composites photographs(Path folder) throws IOException {
        Composites composites = new Composites();
        try (Stream<Path> files = Files.list(folder.resolve("base"))) {
            for (Path file : files.sorted().toList()) {
                boolean landscape = file.getFileName().toString().startsWith("debian");
                (landscape ? composites.backgrounds : composites.objects).add(read(file));
            }
        }
        return composites;
    }

    private static RgbImage read(Path file) throws IOException {
        try {
            return new ImageReader().read(file);
        } catch (BrokenImageException e) {
            throw new IOException(e);
        }
    }

    /**
     * Writes images and masks (0 and 255).
     *
     * @return the images; those that share a background share a group
     */
    List<EvalImage> write(Path images, Path masks, int count) throws IOException {
        Files.createDirectories(images);
        Files.createDirectories(masks);
        List<EvalImage> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int ground = i % backgrounds.size();
            RgbImage back = backgrounds.get(ground);
            RgbImage front = objects.get(random.nextInt(objects.size()));
            int backX = random.nextInt(back.width() - SIDE + 1);
            int backY = random.nextInt(back.height() - SIDE + 1);
            int frontX = random.nextInt(front.width() - SIDE + 1);
            int frontY = random.nextInt(front.height() - SIDE + 1);
            Shape shape = new Shape(random);
            byte[] rgb = new byte[3 * SIDE * SIDE];
            byte[] mask = new byte[3 * SIDE * SIDE];
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    boolean inside = shape.holds(x, y);
                    for (int c = 0; c < 3; c++) {
                        int at = 3 * (y * SIDE + x) + c;
                        rgb[at] = (byte)
                                (inside ? front.value(frontX + x, frontY + y, c) : back.value(backX + x, backY + y, c));
                        mask[at] = (byte) (inside ? 255 : 0);
                    }
                }
            }
            String name = String.format("composite%03d", i);
            ImageWriter.writePng(new RgbImage(SIDE, SIDE, rgb), images.resolve(name + ".png"));
            ImageWriter.writePng(new RgbImage(SIDE, SIDE, mask), masks.resolve(name + "_mask.png"));
            written.add(new EvalImage(images.resolve(name + ".png"), name + ".png", "", "", "ground" + ground, ""));
        }
        return written;
    }

    /** An ellipse or a triangle over a quarter of the image, about. */
    private static final class Shape {
        private final boolean ellipse;
        private final double x;
        private final double y;
        private final double a;
        private final double b;

        Shape(Random random) {
            ellipse = random.nextBoolean();
            x = SIDE * (0.35 + 0.3 * random.nextDouble());
            y = SIDE * (0.35 + 0.3 * random.nextDouble());
            a = SIDE * (0.22 + 0.12 * random.nextDouble());
            b = SIDE * (0.22 + 0.12 * random.nextDouble());
        }

        boolean holds(int px, int py) {
            double u = (px - x) / a;
            double v = (py - y) / b;
            return ellipse ? u * u + v * v <= 1 : v <= 0.8 && v >= -1 && Math.abs(u) <= (v + 1) / 1.6;
        }
    }

    private RgbImage waves(int number) {
        int side = SIDE + 30;
        byte[] rgb = new byte[3 * side * side];
        double length = 9 + 3 * number;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double v = 120 + 40 * Math.sin(2 * Math.PI * y / length) + 6 * random.nextGaussian();
                for (int c = 0; c < 3; c++) {
                    rgb[3 * (y * side + x) + c] = (byte) Math.max(0, Math.min(255, v + 8 * c));
                }
            }
        }
        return new RgbImage(side, side, rgb);
    }

    private RgbImage speckles() {
        int side = SIDE + 30;
        byte[] rgb = new byte[3 * side * side];
        for (int p = 0; p < side * side; p++) {
            double v = random.nextInt(3) == 0 ? 190 : 85;
            for (int c = 0; c < 3; c++) {
                rgb[3 * p + c] = (byte) (v + 8 * c);
            }
        }
        return new RgbImage(side, side, rgb);
    }
}
