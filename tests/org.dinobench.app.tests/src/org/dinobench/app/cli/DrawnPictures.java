package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;

/** Random rectangles in the colours of a class: easy to tell apart, no two pictures alike. */
final class DrawnPictures {
    private static final int SIDE = 72;

    private DrawnPictures() {}

    /** Draws pictures into the folder of their class. */
    static void draw(Path images, String label, int count) throws IOException {
        Path target = Files.createDirectories(images.resolve(label));
        for (int i = 0; i < count; i++) {
            Random random = new Random(label.hashCode() * 31L + i);
            byte[] rgb = new byte[3 * SIDE * SIDE];
            for (int rectangle = 0; rectangle < 14; rectangle++) {
                int left = random.nextInt(SIDE);
                int top = random.nextInt(SIDE);
                int tone = random.nextInt(200);
                for (int y = top; y < Math.min(SIDE, top + 8 + random.nextInt(30)); y++) {
                    for (int x = left; x < Math.min(SIDE, left + 20); x++) {
                        for (int c = 0; c < 3; c++) {
                            rgb[3 * (y * SIDE + x) + c] = (byte) (c == label.length() % 3 ? 255 - tone / 4 : tone);
                        }
                    }
                }
            }
            ImageWriter.writePng(new RgbImage(SIDE, SIDE, rgb), target.resolve("picture " + i + ".png"));
        }
    }
}
