package org.dinobench.imaging.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.TestData;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.augment.Normalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EvalBatchesTest {
    @TempDir
    Path folder;

    @Test
    void givesEveryGoodImageOnceInOrderAndReportsTheOthers() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            Path file = folder.resolve(i + ".png");
            boolean broken = i == 1 || i >= 4 && i <= 7;
            Files.write(file, broken ? new byte[0] : ImageWriter.png(TestData.picture(40 + i, 30, i)));
            files.add(file);
        }
        EvalTransform transform = new EvalTransform(24, 16, Normalization.IMAGENET);
        List<Integer> seen = new ArrayList<>();
        try (EvalBatches batches =
                new EvalBatches(ImageSource.of(files), transform, new ImageReader(), 4, 3, JobMonitor.NONE)) {
            EvalBatch batch;
            while ((batch = batches.next()) != null) {
                try (EvalBatch open = batch) {
                    assertTrue(open.images().isDirect());
                    for (int s = 0; s < open.size(); s++) {
                        seen.add(open.imageIndex(s));
                        FloatBuffer wanted = FloatBuffer.allocate(transform.floats());
                        transform.write(
                                new ImageReader().read(files.get(open.imageIndex(s))), new Resampler(), wanted, 0);
                        float[] got = new float[transform.floats()];
                        open.images().get(s * transform.floats(), got);
                        assertArrayEquals(wanted.array(), got);
                    }
                }
            }
            assertNoMore(batches);
            assertEquals(List.of(0, 2, 3, 8, 9, 10), seen);
            assertEquals(
                    List.of(1, 4, 5, 6, 7),
                    batches.broken().stream().map(BrokenImage::index).toList());
        }
    }

    private static void assertNoMore(EvalBatches batches) throws InterruptedException {
        try (EvalBatch batch = batches.next()) {
            assertNull(batch);
        }
    }

    @Test
    void anEmptyListEndsAtOnce() throws Exception {
        try (EvalBatches batches =
                new EvalBatches(List.of(), EvalTransform.squash(16), new ImageReader(), 4, 2, JobMonitor.NONE)) {
            assertNoMore(batches);
        }
    }
}
