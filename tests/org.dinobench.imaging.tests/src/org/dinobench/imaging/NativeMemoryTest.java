package org.dinobench.imaging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.imaging.augment.AugmentationPreset;
import org.dinobench.imaging.augment.AugmentationSpec;
import org.dinobench.imaging.augment.CropRenderer;
import org.dinobench.imaging.augment.CropSampler;
import org.dinobench.imaging.augment.CropSpec;
import org.dinobench.imaging.hash.LocalFeatures;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Native pixels are released by us, not by the garbage collector, which does not know how large they are. */
class NativeMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int ROUNDS = 2000;

    @Test
    void thousandsOfImagesLeaveTheProcessAsLargeAsItWas() throws Exception {
        boolean linux = Files.isReadable(STATUS);
        if (!linux) {
            System.out.println("Skipped: the size of this process is only known on Linux");
        }
        Assumptions.assumeTrue(linux, "needs /proc");
        // 144 KB of native pixels each: 2,000 that are not released would add 280 MB.
        byte[] jpeg = ImageWriter.jpeg(TestData.picture(240, 200, 1), 85);
        RgbImage small = TestData.picture(64, 64, 2);
        AugmentationSpec spec = AugmentationPreset.NATURAL
                .spec()
                .withGlobal(new CropSpec(2, 32, 0.3, 1))
                .withLocal(new CropSpec(1, 16, 0.1, 0.3));
        work(jpeg, small, spec, ROUNDS / 5);
        long before = resident();
        work(jpeg, small, spec, ROUNDS);
        long growth = resident() - before;
        assertTrue(growth < 80 << 10, "grew by " + growth + " KiB");
    }

    private static void work(byte[] jpeg, RgbImage small, AugmentationSpec spec, int rounds)
            throws BrokenImageException {
        ImageReader reader = new ImageReader();
        CropSampler sampler = new CropSampler(spec, 1);
        CropRenderer renderer = new CropRenderer(spec);
        FloatBuffer out = FloatBuffer.allocate(3 * 32 * 32);
        for (int i = 0; i < rounds; i++) {
            RgbImage image = reader.read("x", jpeg);
            for (int crop = 0; crop < spec.crops(); crop++) {
                renderer.render(image, sampler.plan(0, i, crop, image.width(), image.height()), out, 0);
            }
            if (i % 10 == 0) {
                ImageWriter.png(small);
                LocalFeatures.of(small);
            }
        }
    }

    /** Resident size in KiB. */
    private static long resident() throws IOException {
        System.gc();
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
