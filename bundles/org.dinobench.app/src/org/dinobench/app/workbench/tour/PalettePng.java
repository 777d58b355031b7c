package org.dinobench.app.workbench.tour;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import javax.imageio.ImageIO;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.imaging.RgbImage;

/**
 * Writes PNG files of at most 256 colours, a third of the size of full ones. Colours are chosen by median cut: the box
 * of colours with the most pixels times its longest edge is halved until there are enough.
 */
final class PalettePng {
    private static final int COLOURS = 256;
    private static final int BITS = 5;
    private static final int SIDE = 1 << BITS;

    private PalettePng() {}

    static void write(RgbImage image, Path file) throws IOException {
        BufferedImage indexed = indexed(image);
        AtomicFiles.write(file, out -> ImageIO.write(indexed, "png", out)); // $NON-NLS-1$
    }

    static BufferedImage indexed(RgbImage image) {
        byte[] rgb = image.rgb();
        long[][] bins = new long[SIDE * SIDE * SIDE][];
        for (int i = 0; i < rgb.length; i += 3) {
            int bin = bin(rgb, i);
            if (bins[bin] == null) {
                bins[bin] = new long[4];
            }
            for (int c = 0; c < 3; c++) {
                bins[bin][c] += rgb[i + c] & 0xFF;
            }
            bins[bin][3]++;
        }
        List<Box> boxes = cut(bins);
        byte[][] palette = new byte[3][boxes.size()];
        byte[] place = new byte[bins.length];
        for (int b = 0; b < boxes.size(); b++) {
            double[] mean = boxes.get(b).mean();
            for (int c = 0; c < 3; c++) {
                palette[c][b] = (byte) Math.round(mean[c]);
            }
            for (int bin : boxes.get(b).numbers()) {
                place[bin] = (byte) b;
            }
        }
        IndexColorModel colours = new IndexColorModel(8, boxes.size(), palette[0], palette[1], palette[2]);
        BufferedImage out = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_INDEXED, colours);
        byte[] pixels = new byte[image.width() * image.height()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = place[bin(rgb, 3 * i)];
        }
        out.getRaster().setDataElements(0, 0, image.width(), image.height(), pixels);
        return out;
    }

    private static int bin(byte[] rgb, int at) {
        int shift = 8 - BITS;
        return ((rgb[at] & 0xFF) >> shift) << 2 * BITS
                | ((rgb[at + 1] & 0xFF) >> shift) << BITS
                | (rgb[at + 2] & 0xFF) >> shift;
    }

    private static List<Box> cut(long[][] bins) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < bins.length; i++) {
            if (bins[i] != null) {
                all.add(i);
            }
        }
        PriorityQueue<Box> open =
                new PriorityQueue<>(Comparator.comparingDouble(Box::weight).reversed());
        List<Box> done = new ArrayList<>();
        open.add(new Box(all, bins));
        while (!open.isEmpty() && open.size() + done.size() < COLOURS) {
            Box box = open.poll();
            if (box.numbers().size() == 1) {
                done.add(box);
            } else {
                open.addAll(box.halves());
            }
        }
        done.addAll(open);
        return done;
    }

    private record Box(List<Integer> numbers, long[][] bins) {
        private static int part(int number, int channel) {
            return number >> (2 - channel) * BITS & SIDE - 1;
        }

        private int extent(int channel) {
            int low = SIDE;
            int high = 0;
            for (int number : numbers) {
                low = Math.min(low, part(number, channel));
                high = Math.max(high, part(number, channel));
            }
            return high - low;
        }

        private int longest() {
            int best = 0;
            for (int c = 1; c < 3; c++) {
                best = extent(c) > extent(best) ? c : best;
            }
            return best;
        }

        double weight() {
            // the square root gives rare colours their share: a small red mark must stay red
            return Math.sqrt(pixels()) * extent(longest());
        }

        private long pixels() {
            return numbers.stream().mapToLong(n -> bins[n][3]).sum();
        }

        double[] mean() {
            double[] sum = new double[3];
            for (int number : numbers) {
                for (int c = 0; c < 3; c++) {
                    sum[c] += bins[number][c];
                }
            }
            double count = pixels();
            return new double[] {sum[0] / count, sum[1] / count, sum[2] / count};
        }

        List<Box> halves() {
            int channel = longest();
            List<Integer> sorted = new ArrayList<>(numbers);
            sorted.sort(Comparator.comparingInt(n -> part(n, channel)));
            long half = pixels() / 2;
            long seen = 0;
            int cut = 0;
            while (cut < sorted.size() - 1 && (cut == 0 || seen < half)) {
                seen += bins[sorted.get(cut)][3];
                cut++;
            }
            return List.of(
                    new Box(List.copyOf(sorted.subList(0, cut)), bins),
                    new Box(List.copyOf(sorted.subList(cut, sorted.size())), bins));
        }
    }
}
