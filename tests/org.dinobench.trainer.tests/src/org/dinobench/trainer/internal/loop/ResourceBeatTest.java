package org.dinobench.trainer.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.run.ResourceFiles;
import org.dinobench.core.run.ResourceSample;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.workspace.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceBeatTest {
    @TempDir
    private Path folder;

    @Test
    void aProcessRecordsItsProcessorsAndMemory() throws Exception {
        RunDirectory run = RunDirectory.create(
                folder.resolve("run"), TrainPresets.of("quick").spec());
        ResourceFiles files = new ResourceFiles(run.folder());
        double turning = 0;
        try (ResourceBeat beat = new ResourceBeat(run, RunLog.unheard(), 3, 20)) {
            beat.start();
            long end = System.nanoTime() + 20_000_000_000L;
            while (files.latest().getOrDefault(3, List.of()).size() < 4 && System.nanoTime() < end) {
                turning += Math.sin(turning + 1);
            }
        }
        List<ResourceSample> samples = files.latest().get(3);
        assertTrue(samples.size() >= 4, "samples: " + samples.size() + " after " + turning);
        ResourceSample last = samples.get(samples.size() - 1);
        assertTrue(samples.stream().anyMatch(s -> s.cores() > 0), "no processor time in " + samples);
        assertTrue(last.memory() > 10 << 20 && last.memory() < last.memoryOfMachine(), last.toString());
        assertEquals(Runtime.getRuntime().availableProcessors(), last.coresOfMachine());
    }

    @Test
    void theDriversToolIsUnderstood() {
        List<ResourceSample.Gpu> all = GpuProbe.parse("87, 40213, 81559\n[N/A], 1, 2\n0, 4, 81559\n");
        assertEquals(2, all.size());
        assertEquals(new ResourceSample.Gpu(0.87, 40213L << 20, 81559L << 20), all.get(0));
    }
}
