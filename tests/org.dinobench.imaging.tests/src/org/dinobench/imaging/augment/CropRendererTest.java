package org.dinobench.imaging.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CropRendererTest {
    private final CropRenderer renderer = new CropRenderer(AugmentationPreset.DERMOSCOPY.spec());

    @ParameterizedTest
    @ValueSource(doubles = {10, 45, 90, 133.7, 180, 270, 359})
    void rotationShowsNoBlackCorners(double angle) {
        RgbImage white = RgbImage.black(61, 40);
        Arrays.fill(white.rgb(), (byte) 200);
        RgbImage turned = renderer.render(white, plan(32, new CropBox(0, 0, 61, 40), angle));
        for (byte b : turned.rgb()) {
            assertEquals(200, b & 0xff);
        }
    }

    @Test
    void quarterTurnsOfASquareMoveEveryPixelToItsPlace() {
        RgbImage image = TestData.picture(33, 33, 1);
        CropBox all = new CropBox(0, 0, 33, 33);
        RgbImage turned = renderer.render(image, plan(33, all, 90));
        RgbImage half = renderer.render(image, plan(33, all, 180));
        RgbImage full = renderer.render(turned, plan(33, all, 270));
        assertEquals(0, TestData.largestDifference(image, full));
        for (int y = 0; y < 33; y++) {
            for (int x = 0; x < 33; x++) {
                assertEquals(image.value(32 - x, 32 - y, 1), half.value(x, y, 1));
                // Counter-clockwise: what was at the right comes to the top.
                assertEquals(image.value(32 - y, x, 0), turned.value(x, y, 0));
            }
        }
    }

    @Test
    void arbitraryAnglesAgreeWithTheRotatedPattern() {
        int n = 81;
        RgbImage image = RgbImage.black(n, n);
        RgbImage wanted = RgbImage.black(n, n);
        double angle = Math.toRadians(30);
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                double dx = x - 40;
                double dy = y - 40;
                put(image, x, y, 128 + 100 * Math.sin(dx / 9) * Math.cos(dy / 7));
                double sx = Math.cos(angle) * dx - Math.sin(angle) * dy;
                double sy = Math.sin(angle) * dx + Math.cos(angle) * dy;
                put(wanted, x, y, 128 + 100 * Math.sin(sx / 9) * Math.cos(sy / 7));
            }
        }
        RgbImage turned = renderer.render(image, plan(n, new CropBox(0, 0, n, n), 30));
        for (int y = 15; y < 66; y++) {
            for (int x = 15; x < 66; x++) {
                assertEquals(wanted.value(x, y, 0), turned.value(x, y, 0), 3);
            }
        }
    }

    @Test
    void writesOnlyItsOwnPlaceOfTheBuffer() {
        RgbImage image = TestData.picture(50, 40, 2);
        int floats = 3 * 16 * 16;
        FloatBuffer buffer = FloatBuffer.allocate(3 * floats);
        buffer.put(0, new float[] {7});
        buffer.put(2 * floats, 9);
        renderer.render(image, plan(16, new CropBox(3, 4, 30, 20), 0), buffer, floats);
        assertEquals(7, buffer.get(0));
        assertEquals(0, buffer.get(floats - 1));
        assertEquals(9, buffer.get(2 * floats));
        RgbImage seen = renderer.render(image, plan(16, new CropBox(3, 4, 30, 20), 0));
        float red = (float) ((seen.value(5, 2, 0) / 255.0 - 0.485) / 0.229);
        assertEquals(red, buffer.get(floats + 2 * 16 + 5), 1e-6f);
        float blue = (float) ((seen.value(5, 2, 2) / 255.0 - 0.406) / 0.225);
        assertEquals(blue, buffer.get(floats + 2 * 256 + 2 * 16 + 5), 1e-6f);
    }

    @Test
    void imagesSmallerThanTheCropAreEnlarged() {
        RgbImage tiny = new RgbImage(1, 1, new byte[] {10, 20, 30});
        RgbImage large = renderer.render(tiny, plan(64, new CropBox(0, 0, 1, 1), 0));
        assertEquals(20, large.value(63, 63, 1));
        RgbImage small = TestData.picture(20, 13, 3);
        CropSampler sampler = new CropSampler(AugmentationPreset.NATURAL.spec(), 1);
        for (int crop = 0; crop < 10; crop++) {
            CropPlan plan = sampler.plan(0, 0, crop, 20, 13);
            assertTrue(renderer.render(small, plan).width() >= 96);
        }
    }

    private static CropPlan plan(int size, CropBox box, double angle) {
        return new CropPlan(size, box, angle, false, false, List.of(), false, 0, false);
    }

    private static void put(RgbImage image, int x, int y, double value) {
        for (int c = 0; c < 3; c++) {
            image.rgb()[3 * (y * image.width() + x) + c] = (byte) (int) Math.round(value);
        }
    }
}
