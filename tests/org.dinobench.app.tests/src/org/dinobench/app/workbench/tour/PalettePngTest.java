package org.dinobench.app.workbench.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.dinobench.imaging.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PalettePngTest {
    @TempDir
    private Path folder;

    @Test
    void fewColoursStayExactly() throws Exception {
        byte[] rgb = new byte[3 * 40 * 20];
        for (int i = 0; i < rgb.length / 3; i++) {
            int colour = new int[] {0xFF0000, 0x123456, 0xFFFFFF}[i % 3];
            rgb[3 * i] = (byte) (colour >> 16);
            rgb[3 * i + 1] = (byte) (colour >> 8);
            rgb[3 * i + 2] = (byte) colour;
        }
        PalettePng.write(new RgbImage(40, 20, rgb), folder.resolve("p.png"));
        BufferedImage back = ImageIO.read(folder.resolve("p.png").toFile());
        assertEquals(0xFFFF0000, back.getRGB(0, 0));
        assertEquals(0xFF123456, back.getRGB(1, 0));
        assertEquals(0xFFFFFFFF, back.getRGB(2, 0));
    }

    @Test
    void manyColoursLoseLittle() throws Exception {
        int side = 200;
        byte[] rgb = new byte[3 * side * side];
        Random random = new Random(1);
        for (int i = 0; i < side * side; i++) {
            int ramp = i / side * 255 / (side - 1);
            rgb[3 * i] = (byte) ramp;
            rgb[3 * i + 1] = (byte) (255 - ramp);
            rgb[3 * i + 2] = (byte) (128 + random.nextInt(20));
        }
        BufferedImage out = PalettePng.indexed(new RgbImage(side, side, rgb));
        double error = 0;
        for (int i = 0; i < side * side; i++) {
            error += Math.abs((out.getRGB(i % side, i / side) >> 16 & 0xFF) - (rgb[3 * i] & 0xFF));
        }
        assertTrue(error / (side * side) < 4, "mean error of red " + error / (side * side));
        PalettePng.write(new RgbImage(side, side, rgb), folder.resolve("q.png"));
        assertTrue(Files.size(folder.resolve("q.png")) > 0);
    }
}
