package org.dinobench.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.VitConfig;
import org.dinobench.trainer.step.ModelShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryEstimateTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    /** Peaks of resident memory that {@code bench step} measured on Linux with two threads. */
    @ParameterizedTest
    @CsvSource({
        "vit_tiny, FP32, 16, 8, 64, 32, 8, 4096, EFFICIENT, false, 0.3, 1423",
        "vit_tiny, FAST, 16, 8, 64, 32, 8, 4096, EFFICIENT, false, 0.3, 1223",
        "vit_small, FP32, 4, 14, 224, 98, 8, 8192, EFFICIENT, false, 0.3, 2140",
        "vit_small, FAST, 4, 14, 224, 98, 8, 8192, EFFICIENT, false, 0.3, 1945",
        "vit_mini, FP32, 64, 8, 64, 32, 4, 2048, EFFICIENT, false, 0.1, 1860"
    })
    void liesWithinAQuarterOfMeasuredPeaks(
            String arch,
            Precision precision,
            int batch,
            int patch,
            int size,
            int local,
            int locals,
            int prototypes,
            TrainMode mode,
            boolean checkpointing,
            double drop,
            double measuredMib) {
        VitConfig backbone = VitConfig.preset("arch", arch, patch, size).withDropPath(drop, true);
        DinoHeadConfig head = new DinoHeadConfig(backbone.width(), prototypes, 2048, 256, 3);
        int patches = size / patch * (size / patch);
        MemoryEstimate.Step step = new MemoryEstimate.Step(
                new ModelShape(backbone, head, Optional.of(head)),
                batch,
                size,
                local,
                locals,
                batch * (int) (0.3 * patches),
                precision,
                mode,
                checkpointing,
                Optional.empty());
        double estimate = MemoryEstimate.of(step, 1, 0).bytes() / (double) MIB;
        assertEquals(1, estimate / measuredMib, 0.25, "estimate " + estimate);
    }

    private static TrainSpec spec(String... more) {
        return TinyRuns.spec(10_000, 10, more);
    }

    @Test
    void growsWithTheBatchAndShrinksWithCheckpointingAndRanks() {
        MemoryEstimate small = MemoryEstimate.of(spec("train.batch_size_per_gpu=8"), 100);
        MemoryEstimate large = MemoryEstimate.of(spec("train.batch_size_per_gpu=64"), 100);
        MemoryEstimate again =
                MemoryEstimate.of(spec("train.batch_size_per_gpu=64", "train.activation_checkpointing=true"), 100);
        assertTrue(large.activations() > 4 * small.activations());
        assertEquals(8.0, (double) large.crops() / small.crops(), 1e-9);
        assertTrue(again.activations() < large.activations());
        assertEquals(large.state(), small.state());
        assertEquals(20 * small.parameters(), small.state());
        assertTrue(MemoryEstimate.of(spec(), 100, 4).state() < small.state());
        assertEquals(
                26 * small.parameters(),
                MemoryEstimate.of(spec("train.precision=bf16"), 100).state());
    }

    @Test
    void aRunThatDoesNotFitIsRefusedWithABatchThatDoes() {
        TrainSpec spec = spec("train.batch_size_per_gpu=4096", "student.arch=vit_small");
        long needed = MemoryEstimate.of(spec, 100).bytes();
        MemoryFit fit = MemoryFit.of(spec, 100, 1, OptionalLong.of(needed / 2));
        assertFalse(fit.fits());
        int batch = fit.batch().orElseThrow();
        TrainSpec repaired = spec("train.batch_size_per_gpu=" + batch, "student.arch=vit_small");
        assertTrue(MemoryFit.of(repaired, 100, 1, OptionalLong.of(needed / 2)).fits());
        assertTrue(batch > 512, "much smaller than needed: " + batch);
        BadInputException refused = assertThrows(BadInputException.class, fit::require);
        assertTrue(refused.getMessage().contains("train.batch_size_per_gpu=" + batch), refused.getMessage());
        assertTrue(refused.getMessage().contains("train.activation_checkpointing=true"), refused.getMessage());
    }

    @Test
    void whatFitsOrCannotBeKnownIsNotRefused() {
        MemoryFit plenty = MemoryFit.of(spec(), 100, 2, OptionalLong.of(64 * GIB));
        plenty.require();
        assertTrue(plenty.sentence().contains("64.0 are free"), plenty.sentence());
        MemoryFit unknown = MemoryFit.of(spec(), 100, 1, OptionalLong.empty());
        unknown.require();
        assertTrue(unknown.fits());
    }

    @Test
    void nothingHelpsOnATinyMachine() {
        MemoryFit fit = MemoryFit.of(spec(), 100, 1, OptionalLong.of(MIB));
        assertFalse(fit.fits());
        assertTrue(fit.batch().isEmpty() && fit.checkpointed().isEmpty());
        assertTrue(fit.repair().contains("more memory"), fit.repair());
    }

    @Test
    void freeMemoryIsTheSmallerOfSystemAndGroup(@TempDir Path folder) throws IOException {
        Path system = Files.writeString(folder.resolve("meminfo"), "MemTotal: 9 kB\nMemAvailable:    2048 kB\n");
        Path limit = Files.writeString(folder.resolve("max"), "max\n");
        Path used = Files.writeString(folder.resolve("current"), "1000\n");
        Path none = folder.resolve("none");
        assertEquals(OptionalLong.of(2 * MIB), FreeMemory.read(system, limit, used));
        assertEquals(OptionalLong.of(2 * MIB), FreeMemory.read(system, none, used));
        Files.writeString(limit, "501000\n");
        assertEquals(OptionalLong.of(500000), FreeMemory.read(system, limit, used));
        assertEquals(OptionalLong.empty(), FreeMemory.read(none, limit, used));
    }
}
