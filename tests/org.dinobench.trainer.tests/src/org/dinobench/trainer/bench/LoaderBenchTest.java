package org.dinobench.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.augment.AugmentationPreset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoaderBenchTest {
    private static LoaderBench.Knobs knobs(AugmentationPreset preset, int images, boolean cached) {
        return new LoaderBench.Knobs(preset, 8, 32, 16, 2, 0, 2, images, cached);
    }

    @ParameterizedTest
    @EnumSource(AugmentationPreset.class)
    void eachPresetIsMeasured(AugmentationPreset preset, @TempDir Path folder) throws IOException {
        List<Path> files = LoaderBench.draw(folder, 48, 0);
        LoaderBench.Figures figures = new LoaderBench().run(knobs(preset, 96, false), files, JobMonitor.NONE);
        assertEquals(96, figures.images());
        assertTrue(figures.imagesPerThreadSecond() > 0 && figures.imagesPerSecond() > 0);
        assertTrue(figures.decoded() >= 48, "decoded " + figures.decoded());
    }

    @Test
    void withMemoryForThemImagesAreDecodedOnce(@TempDir Path folder) throws IOException {
        List<Path> files = LoaderBench.draw(folder, 48, 0);
        LoaderBench.Figures figures =
                new LoaderBench().run(knobs(AugmentationPreset.NATURAL, 320, true), files, JobMonitor.NONE);
        assertEquals(320, figures.images());
        assertTrue(figures.decoded() <= files.size(), "decoded " + figures.decoded());
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThrows(BadInputException.class, () -> knobs(AugmentationPreset.NATURAL, 4, false));
    }
}
