package org.dinobench.evaluation.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopySearchTest {
    @TempDir
    Path folder;

    private static RgbImage scene(int number) {
        int side = 128;
        Random random = new Random(1000L + number);
        byte[] rgb = new byte[3 * side * side];
        for (int shape = 0; shape < 40; shape++) {
            int left = random.nextInt(side);
            int top = random.nextInt(side);
            int width = 6 + random.nextInt(26);
            int height = 6 + random.nextInt(26);
            byte[] colour = new byte[3];
            random.nextBytes(colour);
            for (int y = top; y < Math.min(side, top + height); y++) {
                for (int x = left; x < Math.min(side, left + width); x++) {
                    System.arraycopy(colour, 0, rgb, 3 * (y * side + x), 3);
                }
            }
        }
        return new RgbImage(side, side, rgb);
    }

    private EvalImage written(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        return new EvalImage(file, name, "", "", "", "");
    }

    @Test
    void recompressedAndShrunkCopiesAreFoundAndJoined() throws IOException {
        List<EvalImage> images = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            images.add(written("scene" + i + ".png", ImageWriter.png(scene(i))));
        }
        images.add(written("recompressed2.jpg", ImageWriter.jpeg(scene(2), 40)));
        images.add(written("small5.png", ImageWriter.png(new Resampler().resize(scene(5), 90, 90))));
        LabelledSet set = LabelledSet.withoutLabels("scenes", images);
        CopySearch.Finding found = CopySearch.usual().of(set, JobMonitor.NONE);
        assertTrue(found.searched());
        assertEquals(
                List.of(List.of(2, 8), List.of(5, 9)),
                found.pairs().stream().map(p -> List.of(p[0], p[1])).toList());
        LabelledSet joined = set.withCopies(found.pairs());
        assertEquals(8, joined.unitCount());
        assertEquals(joined.unit(2), joined.unit(8));
        assertFalse(new CopySearch(8, 0.62, 9).of(set, JobMonitor.NONE).searched(), "too many to be searched");
    }

    @Test
    void copiesOfPhotographsAreFound() throws IOException {
        String data = System.getenv("DINOBENCH_TEST_DATA");
        if (data == null) {
            System.out.println("SKIPPED: no photographs, since DINOBENCH_TEST_DATA names no folder");
        }
        Assumptions.assumeTrue(data != null, "DINOBENCH_TEST_DATA names no folder");
        Path set = Path.of(data, "neardup");
        List<EvalImage> images = new ArrayList<>();
        Map<Integer, String> base = new HashMap<>();
        for (String line : Files.readAllLines(set.resolve("truth.csv"))) {
            String[] field = line.split(",", -1);
            boolean few = field[0].matches(".*_0[0-2]\\d.*") && !field[3].equals("base");
            if (field[0].startsWith("copy/")
                    && few
                    && List.of("jpeg12", "crop76", "half").contains(field[3])) {
                base.put(images.size(), field[1]);
                images.add(new EvalImage(set.resolve(field[0]), field[0], "", "", "", ""));
            }
        }
        LabelledSet photographs = LabelledSet.withoutLabels("photographs", images);
        List<int[]> pairs = CopySearch.usual().of(photographs, JobMonitor.NONE).pairs();
        assertTrue(pairs.size() > images.size() / 2, pairs.size() + " pairs of " + images.size() + " images");
        long wrong = pairs.stream()
                .filter(p -> !base.get(p[0]).equals(base.get(p[1])))
                .count();
        assertTrue(wrong <= 0.05 * pairs.size(), wrong + " of " + pairs.size() + " are no copies");
        LabelledSet joined = photographs.withCopies(pairs);
        int bases = (int) base.values().stream().distinct().count();
        assertTrue(joined.unitCount() <= bases * 1.1, joined.unitCount() + " units of " + bases + " photographs");
    }
}
