package org.dinobench.imaging.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.TestData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every entry of the golden image operations, which torchvision computed on PIL images. */
class ImageOpsGoldenTest {
    private static GoldenTensors golden;
    private static RgbImage image;

    @BeforeAll
    static void load() throws IOException {
        golden = new GoldenTensors("image_ops.safetensors");
        image = golden.image("image");
    }

    @Test
    void resizedCropsAreThoseOfPillowToTheBit() {
        assertEquals(0, difference("resized_crop_t5_l9_h30_w40_to32", resized(9, 5, 40, 30)));
        assertEquals(0, difference("upscale_crop_t2_l3_h12_w10_to32", resized(3, 2, 10, 12)));
    }

    @Test
    void resizeAndCentreCropAreThoseOfPillowToTheBit() {
        assertEquals(0, difference("resize_short28_bicubic", new Resampler().resizeShorter(image, 28)));
        EvalTransform transform = new EvalTransform(28, 24, Normalization.IMAGENET);
        assertEquals(0, difference("center_crop24_of_that", transform.image(image, new Resampler())));
    }

    @Test
    void flipIsExact() {
        CropBox all = new CropBox(0, 0, 48, 48);
        CropPlan plan = new CropPlan(48, all, 0, true, false, List.of(), false, 0, false);
        RgbImage flipped = new CropRenderer(AugmentationPreset.NATURAL.spec()).render(image, plan);
        RgbImage wanted = golden.image("hflip");
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 48; x++) {
                // The golden image is 64 wide; its right 48 columns mirror our left 48.
                for (int c = 0; c < 3; c++) {
                    assertEquals(wanted.value(x + 16, y, c), flipped.value(x, y, c));
                }
            }
        }
    }

    @Test
    void brightnessContrastAndSaturationAgreeWithinOneLevel() {
        assertWithin(1, difference("brightness_1.3", changed(px -> PixelOps.brightness(px, px.length, 1.3))));
        assertWithin(1, difference("contrast_0.7", changed(px -> PixelOps.contrast(px, px.length, 0.7))));
        assertWithin(1, difference("saturation_1.2", changed(px -> PixelOps.saturation(px, px.length, 1.2))));
    }

    @Test
    void hueAgreesWithinThreeLevels() {
        assertWithin(3, difference("hue_0.08", changed(px -> PixelOps.hue(px, px.length, 0.08))));
        assertWithin(3, difference("hue_-0.1", changed(px -> PixelOps.hue(px, px.length, -0.1))));
    }

    @Test
    void grayAndSolarizeAreExact() {
        assertEquals(0, difference("grayscale3", changed(px -> PixelOps.gray(px, px.length))));
        assertEquals(0, difference("solarize_128", changed(px -> PixelOps.solarize(px, px.length, 128))));
    }

    @Test
    void blurAgreesWithinOneLevel() {
        assertWithin(1, difference("gaussian_blur_k9_s1.3", blurred(1.3)));
        assertWithin(1, difference("gaussian_blur_k9_s0.3", blurred(0.3)));
    }

    @Test
    void normalisedChannelsAgree() {
        float[] wanted = golden.floats("normalized_chw");
        // Through the squashing transform at the image's own height, which leaves the left part comparable.
        RgbImage square = crop(image, 48);
        FloatBuffer out = FloatBuffer.allocate(3 * 48 * 48);
        EvalTransform.squash(48).write(square, new Resampler(), out, 0);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 48; y++) {
                for (int x = 0; x < 48; x++) {
                    assertEquals(wanted[(c * 48 + y) * 64 + x], out.get((c * 48 + y) * 48 + x), 1e-6f);
                }
            }
        }
    }

    @Test
    void randomResizedCropsAreDistributedLikeTorchvisions() {
        CropSpec global = new CropSpec(1, 224, 0.32, 1.0);
        CropSpec local = new CropSpec(1, 96, 0.05, 0.32);
        AugmentationSpec spec =
                AugmentationPreset.NATURAL.spec().withGlobal(global).withLocal(local);
        assertStatistics(golden.doubles("rrc_global_stats"), spec, 0);
        assertStatistics(golden.doubles("rrc_local_stats"), spec, 1);
    }

    /** Order of the golden numbers: area mean, deviation, least, most; log of width / height: mean, deviation. */
    private static void assertStatistics(double[] wanted, AugmentationSpec spec, int crop) {
        CropSampler sampler = new CropSampler(spec, 11);
        int n = 20000;
        double[] areas = new double[n];
        double[] ratios = new double[n];
        for (int i = 0; i < n; i++) {
            CropBox box = sampler.plan(0, i, crop, 64, 48).box();
            areas[i] = (double) box.width() * box.height() / (64 * 48);
            ratios[i] = Math.log((double) box.width() / box.height());
        }
        assertEquals(wanted[0], mean(areas), 0.012);
        assertEquals(wanted[1], deviation(areas), 0.008);
        assertEquals(wanted[4], mean(ratios), 0.012);
        assertEquals(wanted[5], deviation(ratios), 0.008);
        assertEquals(wanted[2], Arrays.stream(areas).min().orElseThrow(), 0.02);
        assertEquals(wanted[3], Arrays.stream(areas).max().orElseThrow(), 0.02);
    }

    private static double mean(double[] v) {
        return Arrays.stream(v).average().orElseThrow();
    }

    private static double deviation(double[] v) {
        double mean = mean(v);
        return Math.sqrt(
                Arrays.stream(v).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    }

    private static void assertWithin(int levels, int difference) {
        assertTrue(difference <= levels, () -> "Differs by " + difference + " levels, allowed are " + levels);
    }

    private static int difference(String name, RgbImage ours) {
        return TestData.largestDifference(golden.image(name), ours);
    }

    private static RgbImage resized(int x, int y, int w, int h) {
        int[] out = new int[3 * 32 * 32];
        new Resampler().resize(image.rgb(), image.width(), x, y, w, h, 32, 32, out);
        return image(32, 32, out);
    }

    private static RgbImage changed(Consumer<int[]> change) {
        int[] px = ints(image);
        change.accept(px);
        return image(image.width(), image.height(), px);
    }

    private static RgbImage blurred(double sigma) {
        int[] px = ints(image);
        new GaussianBlur(9).apply(px, image.width(), image.height(), sigma);
        return image(image.width(), image.height(), px);
    }

    private static RgbImage crop(RgbImage image, int side) {
        byte[] rgb = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            System.arraycopy(image.rgb(), 3 * y * image.width(), rgb, 3 * y * side, 3 * side);
        }
        return new RgbImage(side, side, rgb);
    }

    private static int[] ints(RgbImage image) {
        int[] px = new int[image.rgb().length];
        for (int i = 0; i < px.length; i++) {
            px[i] = image.rgb()[i] & 0xff;
        }
        return px;
    }

    private static RgbImage image(int width, int height, int[] px) {
        byte[] rgb = new byte[px.length];
        for (int i = 0; i < px.length; i++) {
            rgb[i] = (byte) px[i];
        }
        return new RgbImage(width, height, rgb);
    }
}
