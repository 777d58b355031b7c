package org.dinobench.evaluation.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.model.Ffn;
import org.junit.jupiter.api.Test;

class MapsTest {
    @Test
    void attentionOfEveryTokenIsAShareOfTheWhole() {
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(2, Ffn.MLP), 1)) {
            NetworkInput input = NetworkInput.of(noise(40, 20), 12, 4, Normalization.IMAGENET);
            assertEquals(24, input.image().width());
            assertEquals(12, input.image().height());
            AttentionMaps maps = AttentionMaps.of(small.network(), input, -1);
            assertEquals(3, maps.rows());
            assertEquals(6, maps.columns());
            for (PatchMap map : List.of(maps.ofClass(0), maps.ofPatch(2, 5, 1), maps.ofRegister(1, 2))) {
                float sum = 0;
                for (float v : map.values()) {
                    assertTrue(v > 0);
                    sum += v;
                }
                assertTrue(sum > 0.5 && sum < 1, "the class and register tokens have the rest of 1: " + sum);
            }
            float mean = (maps.ofClass(0).at(1, 4)
                            + maps.ofClass(1).at(1, 4)
                            + maps.ofClass(2).at(1, 4))
                    / 3;
            assertEquals(mean, maps.meanOfClass().at(1, 4), 1e-6);
            assertThrows(BadInputException.class, () -> AttentionMaps.of(small.network(), input, 3));
            assertThrows(IllegalArgumentException.class, () -> maps.ofPatch(3, 0, 0));
        }
    }

    @Test
    void hugeImagesAreRefusedBeforeTheyAreResized() {
        BadInputException problem = assertThrows(
                BadInputException.class, () -> NetworkInput.of(noise(30, 20), 100_000, 14, Normalization.IMAGENET));
        assertTrue(problem.getMessage().contains("smaller size"), problem.getMessage());
    }

    @Test
    void colourMapsGetLighterStepByStep() {
        for (ColourMap map : List.of(ColourMap.EMBER, ColourMap.LAGOON)) {
            double before = -1;
            for (int i = 0; i <= 64; i++) {
                int c = map.colour(i / 64.0);
                double light = luminance(c);
                assertTrue(light > before, "at " + i);
                before = light;
            }
            assertTrue(luminance(map.colour(0)) < 0.03 && luminance(map.colour(1)) > 0.75);
        }
    }

    @Test
    void mapsAreInterpolatedBetweenPatchCentres() {
        PatchMap map = new PatchMap(1, 2, new float[] {0, 1});
        assertEquals(0, map.between(0.5, 0.1), 1e-6);
        assertEquals(0.5, map.between(0.5, 0.5), 1e-6);
        assertEquals(1, map.between(0.5, 0.9), 1e-6);
        RgbImage shown = new MapImages(ColourMap.EMBER).plain(map, 20, 10);
        assertEquals(ColourMap.EMBER.colour(0) & 0xff, shown.value(0, 5, 2));
        assertEquals(ColourMap.EMBER.colour(1) & 0xff, shown.value(19, 5, 2));
        RgbImage base = noise(20, 10);
        RgbImage over = new MapImages(ColourMap.EMBER).over(base, map, 0, 1);
        assertEquals(base.value(0, 5, 1), over.value(0, 5, 1), "uncovered where the map is 0");
    }

    @Test
    void stretchingCutsOffSingleBrightPatches() {
        float[] values = new float[100];
        for (int i = 0; i < 99; i++) {
            values[i] = i / 98f;
        }
        values[99] = 50;
        PatchMap stretched = new PatchMap(10, 10, values).stretched(99);
        assertEquals(1, stretched.at(9, 9), 1e-6);
        assertEquals(0.5, stretched.at(4, 9), 0.02);
    }

    @Test
    void samePartsHaveTheSameColourInAllImages() {
        // two images, 6 x 6 patches: background everywhere, an object of two parts in the middle
        Random random = new Random(4);
        float[] values = new float[72 * 10];
        for (int i = 0; i < 72; i++) {
            int part = part(i % 36);
            for (int c = 0; c < 10; c++) {
                double centre = part == 0 ? (c < 5 ? 6 : 0) : part == 1 ? (c == 6 ? 3 : 0) : (c == 7 ? 3 : 0);
                values[i * 10 + c] = (float) (centre + 0.1 * random.nextGaussian());
            }
        }
        PatchPca.Result result = new PatchPca(PatchPca.Foreground.AUTOMATIC, 0)
                .paint(FeatureMatrix.of("patches", 72, 10, values), List.of(new int[] {6, 6}, new int[] {6, 6}));
        assertEquals(16 / 36.0, result.foregroundShare(), 1e-9);
        RgbImage first = result.images().get(0);
        RgbImage second = result.images().get(1);
        assertEquals(0, first.value(0, 0, 0) + first.value(0, 0, 1) + first.value(0, 0, 2), "background is black");
        assertEquals(first.value(1, 1, 0), second.value(2, 1, 0), 40);
        assertTrue(Math.abs(first.value(1, 1, 0) - first.value(4, 4, 0)) > 150, "parts differ in red");
        assertTrue(result.explained().get(0) > 0.9);
    }

    @Test
    void pcaOfANetworkCoversImagesOfDifferentShapes() {
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 2)) {
            List<NetworkInput> inputs = List.of(
                    NetworkInput.of(noise(32, 32), 16, 4, Normalization.IMAGENET),
                    NetworkInput.of(noise(64, 32), 24, 4, Normalization.IMAGENET));
            PatchPca.Result result =
                    new PatchPca(PatchPca.Foreground.ALL, 0).paint(small.network(), inputs, JobMonitor.NONE);
            assertEquals(1, result.foregroundShare(), 0);
            assertEquals(4, result.images().get(0).width());
            assertEquals(12, result.images().get(1).width());
            assertEquals(6, result.images().get(1).height());
        }
    }

    private static int part(int patch) {
        int r = patch / 6;
        int c = patch % 6;
        if (r == 0 || c == 0 || r == 5 || c == 5) {
            return 0;
        }
        return r < 3 ? 1 : 2;
    }

    private static double luminance(int c) {
        return 0.2126 * linear(c >> 16 & 255) + 0.7152 * linear(c >> 8 & 255) + 0.0722 * linear(c & 255);
    }

    private static double linear(int v) {
        double s = v / 255.0;
        return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
    }

    private static RgbImage noise(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(9).nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }
}
