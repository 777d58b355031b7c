package org.dinobench.imaging.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.augment.CropPlan.ColourChange;
import org.dinobench.imaging.augment.CropPlan.ColourStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CropSamplerTest {
    @Test
    void theDrawDependsOnItsKeyAlone() {
        AugmentationSpec spec = AugmentationPreset.NATURAL.spec();
        CropPlan first = new CropSampler(spec, 5).plan(3, 17, 4, 200, 150);
        CropSampler again = new CropSampler(spec, 5);
        again.plan(0, 1, 0, 50, 50);
        assertEquals(first, again.plan(3, 17, 4, 200, 150));
        assertNotEquals(first, again.plan(4, 17, 4, 200, 150));
        assertNotEquals(first, again.plan(3, 18, 4, 200, 150));
        assertNotEquals(first, again.plan(3, 17, 5, 200, 150));
        assertNotEquals(first, new CropSampler(spec, 6).plan(3, 17, 4, 200, 150));
    }

    @ParameterizedTest
    @CsvSource({"200,150", "1,1", "7,300", "300,7", "32,32", "2000,1500"})
    void boxesLieInsideImagesOfAnyShape(int width, int height) {
        CropSampler sampler = new CropSampler(AugmentationPreset.NATURAL.spec(), 1);
        for (int i = 0; i < 400; i++) {
            CropBox box = sampler.plan(0, i, i % 10, width, height).box();
            assertTrue(box.width() >= 1 && box.height() >= 1 && box.x() >= 0 && box.y() >= 0, box.toString());
            assertTrue(box.x() + box.width() <= width && box.y() + box.height() <= height, box.toString());
        }
    }

    @Test
    void areasAndRatiosStayWithinTheirRanges() {
        CropSampler sampler = new CropSampler(AugmentationPreset.NATURAL.spec(), 2);
        double mean = 0;
        int n = 4000;
        for (int i = 0; i < n; i++) {
            CropBox box = sampler.plan(1, i, 5, 1000, 1000).box();
            double share = box.width() * (double) box.height() / 1e6;
            double ratio = (double) box.width() / box.height();
            assertTrue(share >= 0.049 && share <= 0.321, "share " + share);
            assertTrue(ratio >= 0.745 && ratio <= 1.345, "ratio " + ratio);
            mean += share / n;
        }
        assertEquals((0.05 + 0.32) / 2, mean, 0.004);
    }

    @ParameterizedTest
    @CsvSource({"CODE,0.0,0.9,0.5", "PAPER,1.0,0.1,0.5"})
    void blurFollowsTheReading(BlurReading reading, double first, double second, double local) {
        CropSampler sampler = new CropSampler(AugmentationPreset.NATURAL.spec(reading), 3);
        double[] seen = new double[3];
        int[] crops = {0, 1, 2};
        int n = 3000;
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 3; c++) {
                double sigma = sampler.plan(0, i, crops[c], 100, 100).blurSigma();
                assertTrue(sigma == 0 || sigma >= 0.1 && sigma <= 2);
                seen[c] += sigma > 0 ? 1.0 / n : 0;
            }
        }
        assertEquals(first, seen[0], 0.03);
        assertEquals(second, seen[1], 0.03);
        assertEquals(local, seen[2], 0.03);
    }

    @Test
    void naturalColoursAreDrawnLikeTheReference() {
        CropSampler sampler = new CropSampler(AugmentationPreset.NATURAL.spec(), 4);
        int n = 4000;
        double jittered = 0;
        double gray = 0;
        double flipped = 0;
        double[] solarized = new double[3];
        Set<ColourChange> first = new HashSet<>();
        for (int i = 0; i < n; i++) {
            CropPlan plan = sampler.plan(0, i, 1, 100, 100);
            jittered += plan.colour().isEmpty() ? 0 : 1.0 / n;
            gray += plan.gray() ? 1.0 / n : 0;
            flipped += plan.horizontalFlip() ? 1.0 / n : 0;
            for (int c = 0; c < 3; c++) {
                solarized[c] += sampler.plan(0, i, c, 100, 100).solarize() ? 1.0 / n : 0;
            }
            if (!plan.colour().isEmpty()) {
                assertEquals(4, plan.colour().size());
                first.add(plan.colour().get(0).change());
                plan.colour().forEach(CropSamplerTest::assertWithinReferenceRanges);
            }
        }
        assertEquals(0.8, jittered, 0.025);
        assertEquals(0.2, gray, 0.025);
        assertEquals(0.5, flipped, 0.03);
        assertEquals(0, solarized[0]);
        assertEquals(0.2, solarized[1], 0.025);
        assertEquals(0, solarized[2]);
        assertEquals(4, first.size(), "any of the four may come first");
    }

    private static void assertWithinReferenceRanges(ColourStep step) {
        double amount = step.amount();
        boolean within =
                switch (step.change()) {
                    case BRIGHTNESS, CONTRAST -> amount >= 0.6 && amount <= 1.4;
                    case SATURATION -> amount >= 0.8 && amount <= 1.2;
                    case HUE -> Math.abs(amount) <= 0.1;
                    default -> false;
                };
        assertTrue(within, step.toString());
    }

    @Test
    void dermoscopyNeverTouchesTheSignsOfADiagnosis() {
        CropSampler sampler = new CropSampler(AugmentationPreset.DERMOSCOPY.spec(), 5);
        EnumSet<ColourChange> forbidden = EnumSet.of(ColourChange.HUE, ColourChange.SATURATION);
        Set<Long> angles = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            CropPlan plan = sampler.plan(0, i, i % 10, 180, 180);
            assertTrue(!plan.gray() && !plan.solarize());
            for (ColourStep step : plan.colour()) {
                assertTrue(!forbidden.contains(step.change()) && Math.abs(step.amount() - 1) <= 0.15, step.toString());
            }
            angles.add(Math.round(plan.angle() / 10));
        }
        assertTrue(angles.size() >= 36, "all directions are drawn");
    }

    @Test
    void medicalGrayChangesBrightnessAndContrastOnlyAndKeepsUpAndDown() {
        CropSampler sampler = new CropSampler(AugmentationPreset.MEDICAL_GRAY.spec(), 6);
        EnumSet<ColourChange> seen = EnumSet.noneOf(ColourChange.class);
        Set<Boolean> mirrored = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            CropPlan plan = sampler.plan(0, i, i % 10, 180, 180);
            assertTrue(!plan.gray() && !plan.solarize() && !plan.verticalFlip() && plan.angle() == 0);
            for (ColourStep step : plan.colour()) {
                seen.add(step.change());
                assertTrue(Math.abs(step.amount() - 1) <= 0.3, step.toString());
            }
            mirrored.add(plan.horizontalFlip());
        }
        assertEquals(EnumSet.of(ColourChange.BRIGHTNESS, ColourChange.CONTRAST), seen);
        assertEquals(2, mirrored.size());
    }

    @Test
    void histologyTurnsByQuartersFlipsBothWaysAndShiftsTheTintALittle() {
        CropSampler sampler = new CropSampler(AugmentationPreset.HISTOLOGY.spec(), 7);
        Set<Double> angles = new HashSet<>();
        Set<String> flips = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            CropPlan plan = sampler.plan(0, i, i % 10, 180, 180);
            assertTrue(!plan.gray() && !plan.solarize());
            assertEquals(0, plan.angle() % 90);
            angles.add(plan.angle());
            flips.add(plan.horizontalFlip() + " " + plan.verticalFlip());
            for (ColourStep step : plan.colour()) {
                if (step.change() == ColourChange.HUE) {
                    assertTrue(Math.abs(step.amount()) <= 0.04, step.toString());
                } else {
                    assertTrue(Math.abs(step.amount() - 1) <= 0.25, step.toString());
                }
            }
        }
        assertEquals(4, angles.size());
        assertEquals(4, flips.size());
    }

    @ParameterizedTest
    @EnumSource(AugmentationPreset.class)
    void presetsAreFoundByKey(AugmentationPreset preset) {
        assertEquals(preset, AugmentationPreset.ofKey(preset.key()));
        assertEquals(10, preset.spec().crops());
    }

    @Test
    void unknownPresetsAndImpossibleSpecsAreRefused() {
        assertThrows(BadInputException.class, () -> AugmentationPreset.ofKey("naturel"));
        assertThrows(IllegalArgumentException.class, () -> new CropSpec(2, 64, 0.5, 0.4));
        assertThrows(IllegalArgumentException.class, () -> new CropSpec(2, 64, 0, 0.4));
        assertThrows(IllegalArgumentException.class, () -> new ColourSpec(0, 0, 0, 0.6, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new ColourSpec(0, 0, 0, 0, 1.5, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> FilterSpec.of(BlurReading.CODE, -0.1));
        AugmentationSpec spec = AugmentationPreset.NATURAL.spec();
        assertThrows(
                IllegalArgumentException.class,
                () -> spec.withGlobal(spec.global().withCount(0)));
    }
}
