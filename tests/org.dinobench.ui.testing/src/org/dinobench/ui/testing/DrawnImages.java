package org.dinobench.ui.testing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures of shapes in six classes, drawn from a seed. */
public final class DrawnImages {
    /** The classes. */
    public static final List<String> CLASSES = List.of("circle", "cross", "ring", "square", "stripes", "triangle");

    private static final int SIDE = 96;

    private DrawnImages() {}

    /**
     * Draws a set into folders by class.
     *
     * @param root folder to fill
     * @param perClass number of pictures of each class
     * @throws IOException when it cannot be written
     */
    public static void write(Path root, int perClass) throws IOException {
        for (String name : CLASSES) {
            Path folder = Files.createDirectories(root.resolve(name));
            for (int i = 0; i < perClass; i++) {
                Random random = new Random(name.hashCode() * 31L + i);
                write(draw(name, random), folder.resolve(String.format("%s-%03d.png", name, i)));
            }
        }
    }

    /**
     * Draws one picture.
     *
     * @param name its class
     * @param random chooses colours and place
     * @return the picture
     */
    public static BufferedImage draw(String name, Random random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        float hue = random.nextFloat();
        g.setColor(Color.getHSBColor(hue, 0.25f, 0.95f));
        g.fillRect(0, 0, SIDE, SIDE);
        g.setColor(Color.getHSBColor(hue + 0.4f + 0.2f * random.nextFloat(), 0.75f, 0.75f));
        double r = 18 + random.nextInt(16);
        double x = SIDE / 2.0 - 12 + random.nextInt(24);
        double y = SIDE / 2.0 - 12 + random.nextInt(24);
        g.setStroke(new BasicStroke(8));
        switch (name) {
            case "circle" -> g.fill(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
            case "ring" -> g.draw(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
            case "square" -> g.fill(new Rectangle2D.Double(x - r, y - r, 2 * r, 2 * r));
            case "cross" -> {
                g.fill(new Rectangle2D.Double(x - r, y - r / 4, 2 * r, r / 2));
                g.fill(new Rectangle2D.Double(x - r / 4, y - r, r / 2, 2 * r));
            }
            case "stripes" -> {
                for (double at = y - r; at <= y + r; at += 14) {
                    g.fill(new Rectangle2D.Double(x - r, at, 2 * r, 7));
                }
            }
            default -> {
                Path2D triangle = new Path2D.Double();
                triangle.moveTo(x, y - r);
                triangle.lineTo(x + r, y + r);
                triangle.lineTo(x - r, y + r);
                triangle.closePath();
                g.fill(triangle);
            }
        }
        g.dispose();
        return image;
    }

    static void write(BufferedImage image, Path file) throws IOException {
        ImageIO.write(image, "png", file.toFile());
    }
}
