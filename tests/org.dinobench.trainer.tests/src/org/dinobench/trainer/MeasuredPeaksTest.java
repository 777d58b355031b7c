package org.dinobench.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.trainer.internal.loop.BackboneFiles;
import org.dinobench.trainer.shard.MpiJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimates against the peaks of real runs, each in a process of its own. */
class MeasuredPeaksTest {
    private static final int IMAGES = 40;
    private static final double MIB = 1 << 20;

    @TempDir
    Path folder;

    @BeforeEach
    void linux() {
        boolean tells = Files.isReadable(Path.of("/proc/self/status"));
        if (!tells) {
            System.out.println("Skipped: this system does not tell a process's peak of memory in /proc");
        }
        assumeTrue(tells, "no /proc");
    }

    /** Peak of resident memory in MiB. */
    private double peak(TrainSpec spec) throws Exception {
        Path images = folder.resolve("images");
        TinyRuns.draw(images, IMAGES);
        RunDirectory run = RunDirectory.create(folder.resolve("run"), spec);
        try (MpiJob worker =
                MpiJob.alone(folder, 64, LoneRun.class, run.folder().toString(), images.toString())) {
            assertEquals(0, worker.await(200), worker.output());
            return LoneRun.peakMib(worker.output());
        }
    }

    private static void assertNear(double peak, MemoryEstimate estimate) {
        assertEquals(1, estimate.bytes() / MIB / peak, 0.25, "estimate " + estimate + ", peak " + peak + " MiB");
    }

    @Test
    void theLastPhaseAtLargerCropsIsCounted() throws Exception {
        String[] small = {
            "student.arch=vit_mini",
            "train.batch_size_per_gpu=20",
            "train.eval_every=0",
            "crops.local_crops_number=4",
            "crops.global_crops_size=32",
            "crops.local_crops_size=16",
            "crops.image_size=128"
        };
        TrainSpec plain = TinyRuns.spec(IMAGES, 4, small);
        String[] with = java.util.Arrays.copyOf(small, small.length + 2);
        with[small.length] = "high_resolution.steps=2";
        with[small.length + 1] = "high_resolution.global_crops_size=128";
        TrainSpec spec = TinyRuns.spec(IMAGES, 4, with);
        MemoryEstimate estimate = MemoryEstimate.of(spec, IMAGES);
        assertTrue(estimate.activations() > 5 * MemoryEstimate.of(plain, IMAGES).activations());
        assertNear(peak(spec), estimate);
    }

    @Test
    void theFrozenTeacherIsCounted() throws Exception {
        VitConfig large = VitConfig.preset("test", "vit_base", 8, 32);
        try (FlatParameters weights = BackboneFiles.weights(large, 3)) {
            BackboneFiles.huggingFace(folder.resolve("teacher"), large, weights);
        }
        TrainSpec spec = TinyRuns.spec(
                IMAGES,
                2,
                "train.eval_every=0",
                "distill.enabled=true",
                "distill.teacher=\"" + folder.resolve("teacher") + "\"");
        MemoryEstimate estimate = MemoryEstimate.of(spec, IMAGES);
        assertEquals(4.0 * 86e6, estimate.teacher(), 0.02 * 4 * 86e6);
        assertNear(peak(spec), estimate);
        MemoryFit fit = MemoryFit.of(spec, IMAGES, 1, java.util.OptionalLong.of(1L << 40));
        assertTrue(fit.sentence().contains("teacher 0.3"), fit.sentence());
    }
}
