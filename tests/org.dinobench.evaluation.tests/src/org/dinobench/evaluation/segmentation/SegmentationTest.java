package org.dinobench.evaluation.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.model.Ffn;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationTest {
    @TempDir
    Path folder;

    @Test
    void measuresOfAMatrixMadeByHand() {
        // 100 pixels: of 60 background pixels 10 are called object, of 40 object pixels 5 background; one class unused
        PixelCounts counts = PixelCounts.of(new long[][] {{50, 10, 0}, {5, 35, 0}, {0, 0, 0}});
        assertEquals(50.0 / 65, counts.iou(0), 1e-12);
        assertEquals(35.0 / 50, counts.iou(1), 1e-12);
        assertTrue(Double.isNaN(counts.iou(2)));
        assertEquals(100.0 / 115, counts.dice(0), 1e-12);
        assertEquals(70.0 / 85, counts.dice(1), 1e-12);
        assertEquals((50.0 / 65 + 35.0 / 50) / 2, counts.meanIou(), 1e-12);
        assertEquals(0.85, counts.accuracy(), 1e-12);
    }

    @Test
    void ignoredPixelsDoNotCount() {
        LabelMap truth = new LabelMap(2, 2, new byte[] {0, 1, (byte) LabelMap.IGNORED, 1});
        LabelMap found = new LabelMap(2, 2, new byte[] {0, 0, 1, 1});
        PixelCounts counts = PixelCounts.of(truth, found, 2);
        assertArrayEquals(new long[][] {{1, 0}, {1, 1}}, counts.counts());
    }

    @Test
    void cellsHoldTheShareOfEachClass() {
        // 4 x 4 pixels in 2 x 2 cells: the first has three pixels of class 1 and one that does not count
        byte[] pixels = new byte[16];
        pixels[0] = 1;
        pixels[1] = 1;
        pixels[4] = 1;
        pixels[5] = (byte) LabelMap.IGNORED;
        pixels[10] = 1;
        CellTargets targets = CellTargets.of(new LabelMap(4, 4, pixels), 2, 2);
        assertArrayEquals(new float[] {0, 1, 1, 0.75f, 1, 0, 0, 0.25f}, targets.shares(), 1e-6f);
        assertArrayEquals(new float[] {0.75f, 1, 1, 1}, targets.weights(), 1e-6f);
    }

    @Test
    void logitsAreInterpolatedBetweenPatchCentres() {
        Random random = new Random(1);
        int grid = 3;
        float[] tokens = new float[grid * grid];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) random.nextGaussian();
        }
        // one number a patch; class 1 wins where its interpolated value is above 0
        LinearHead head = new LinearHead(1, 2, new float[] {0, 1}, new float[] {0, 0});
        LabelMap map = head.predict(tokens, grid, 12, 9);
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 12; x++) {
                double r = Math.max(0, Math.min(2, (y + 0.5) / 3 - 0.5));
                double c = Math.max(0, Math.min(2, (x + 0.5) / 4 - 0.5));
                double value = 0;
                for (int i = 0; i < grid; i++) {
                    for (int j = 0; j < grid; j++) {
                        value += Math.max(0, 1 - Math.abs(r - i))
                                * Math.max(0, 1 - Math.abs(c - j))
                                * tokens[i * grid + j];
                    }
                }
                assertEquals(value > 0 ? 1 : 0, map.at(x, y), x + ", " + y + ": " + value);
            }
        }
    }

    @Test
    void aHeadFindsTheOneNumberThatTellsTheClass() {
        Random random = new Random(2);
        List<float[]> tokens = new ArrayList<>();
        List<CellTargets> targets = new ArrayList<>();
        List<LabelMap> masks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] mask = new byte[64];
            float[] own = new float[64 * 5];
            for (int p = 0; p < 64; p++) {
                mask[p] = (byte) random.nextInt(3);
                for (int d = 0; d < 5; d++) {
                    own[p * 5 + d] = (float) (100 + 20 * random.nextGaussian());
                }
                own[p * 5 + 3] = 7 + 0.01f * mask[p];
            }
            masks.add(new LabelMap(8, 8, mask));
            tokens.add(own);
            targets.add(CellTargets.of(masks.get(i), 3, 8));
        }
        SegmentationSpec spec = new SegmentationSpec(List.of(0.1), 120, 4, 1, 0, 0.2, 100, 0);
        LinearHead head = new HeadTraining(spec, new PatchTokens(8, 5, tokens), targets, 3)
                .train(IntStream.range(0, 10).toArray(), 0.1, JobMonitor.NONE);
        for (int i = 10; i < 12; i++) {
            double accuracy = PixelCounts.of(masks.get(i), head.predict(tokens.get(i), 8, 8, 8), 3)
                    .accuracy();
            assertTrue(accuracy > 0.9, "image " + i + ": " + accuracy);
        }
    }

    @Test
    void compositesOfDrawnPicturesAreTakenApart() throws IOException {
        assertComposites(Composites.drawn(), 36, 0.25);
    }

    @Test
    void compositesOfPhotographsAreTakenApart() throws IOException {
        String data = System.getenv("DINOBENCH_TEST_DATA");
        if (data == null) {
            System.out.println("SKIPPED: no photographs, since DINOBENCH_TEST_DATA names no folder");
        }
        Assumptions.assumeTrue(data != null, "DINOBENCH_TEST_DATA names no folder");
        assertComposites(Composites.photographs(Path.of(data, "neardup")), 108, 0.08);
    }

    /** Even random weights tell textures apart better than a head that always says background. */
    private void assertComposites(Composites composites, int count, double margin) throws IOException {
        List<EvalImage> images = composites.write(folder.resolve("images"), folder.resolve("masks"), count);
        LabelledSet set = LabelledSet.withoutLabels("composites", images);
        Split split =
                Split.folds(set, IntStream.range(0, count).toArray(), 3, 0).get(0);
        MaskFolder masks = MaskFolder.of(folder.resolve("masks"), set, Set.of(), JobMonitor.NONE);
        assertEquals(
                List.of("0", "255"),
                masks.classes().stream().map(MaskClass::name).toList());
        SegmentationSpec spec = new SegmentationSpec(List.of(5e-3, 2e-2), 60, 8, 2, 1e-3, 0.3, 200, 0);
        SegmentationEvaluation evaluation =
                new SegmentationEvaluation(set, split, masks, spec, LeakCheck.Policy.REFUSE);
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 1)) {
            PatchTokens tokens =
                    new PatchFeatures(4, Composites.SIDE, 8, 2).ofNetwork(small.network(), set, JobMonitor.NONE);
            SegmentationReport report =
                    evaluation.evaluate("small", tokens, JobMonitor.NONE).report();
            double always = report.classes().get(0).testShare() / 2;
            assertTrue(
                    report.meanIou().value() > always + margin, report.meanIou().percent() + " over " + always);
            assertTrue(report.meanIou().low() < report.meanIou().value()
                    && report.meanIou().value() < report.meanIou().high());
            assertEquals(2, report.candidates().size());
            assertEquals(split.test().length, report.images().size());
            long pixels = report.counts().stream()
                    .flatMap(List::stream)
                    .mapToLong(Long::longValue)
                    .sum();
            assertEquals((long) split.test().length * Composites.SIDE * Composites.SIDE, pixels);
        }
    }

    @Test
    void aClassThatIsOnlyInTestMasksIsRefused() throws IOException {
        List<EvalImage> images = Composites.drawn().write(folder.resolve("images"), folder.resolve("masks"), 6);
        LabelledSet set = LabelledSet.withoutLabels("six images", images);
        MaskFolder masks = MaskFolder.of(folder.resolve("masks"), set, Set.of(), JobMonitor.NONE);
        recolour(folder.resolve("masks/composite005_mask.png"), 100);
        MaskFolder three = MaskFolder.of(folder.resolve("masks"), set, Set.of(), JobMonitor.NONE);
        assertEquals(3, three.classes().size());
        assertEquals(2, masks.classes().size());
        Split split = Split.of("by hand", new int[] {0, 1, 2, 3, 4}, new int[] {5});
        BadInputException problem = assertThrows(
                BadInputException.class,
                () -> new SegmentationEvaluation(
                        set, split, three, SegmentationSpec.usual(0), LeakCheck.Policy.REFUSE));
        assertTrue(problem.getMessage().contains("the class \"100\" is in no training mask"), problem.getMessage());
    }

    private static void recolour(Path mask, int value) throws IOException {
        byte[] rgb = new byte[3 * Composites.SIDE * Composites.SIDE];
        Arrays.fill(rgb, (byte) value);
        ImageWriter.writePng(new RgbImage(Composites.SIDE, Composites.SIDE, rgb), mask);
    }

    @Test
    void classesAreNamedByAFileAndOthersIgnored() throws IOException {
        List<EvalImage> images = Composites.drawn().write(folder.resolve("images"), folder.resolve("masks"), 3);
        LabelledSet set = LabelledSet.withoutLabels("three images", images);
        recolour(folder.resolve("masks/composite002_mask.png"), 7);
        Files.writeString(folder.resolve("masks/classes.csv"), "value,name\n0,sky\n#ffffff,skin, dry\n");
        MaskFolder masks = MaskFolder.of(folder.resolve("masks"), set, Set.of(0x070707), JobMonitor.NONE);
        assertEquals(
                List.of("sky", "skin, dry"),
                masks.classes().stream().map(MaskClass::name).toList());
        assertEquals(LabelMap.IGNORED, masks.read(2).at(5, 5));
        assertEquals(0, masks.read(0).at(0, 0));
    }
}
