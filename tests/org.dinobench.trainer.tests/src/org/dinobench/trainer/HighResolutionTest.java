package org.dinobench.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.spec.train.TrainSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last phase at larger crops: 32 and 16 pixels, then 48 and 24. */
class HighResolutionTest {
    private static final int IMAGES = 24;
    private static final int STEPS = 7;
    private static final String[] LAST_PHASE = {
        "high_resolution.steps=3",
        "high_resolution.global_crops_size=48",
        "crops.image_size=48",
        "train.checkpoint_every=2",
        "student.drop_path_rate=0.2",
        "train.eval_every=0"
    };

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static List<Path> images;
    private static Pretraining.Job whole;

    @BeforeAll
    static void train() throws IOException {
        images = TinyRuns.draw(shared.resolve("images"), IMAGES);
        whole = TinyRuns.job(shared.resolve("whole"), spec(), images, List.of());
        assertTrue(new Pretraining().run(whole, JobMonitor.NONE).finished());
    }

    private static TrainSpec spec(String... more) {
        List<String> settings = new java.util.ArrayList<>(List.of(LAST_PHASE));
        settings.addAll(List.of(more));
        return TinyRuns.spec(IMAGES, STEPS, settings.toArray(String[]::new));
    }

    private static List<Double> column(Pretraining.Job job, String key) throws IOException {
        return MetricsReader.read(job.run().metricsFile()).stream()
                .map((MetricsRow row) -> row.get(key))
                .toList();
    }

    @Test
    void theCropsGrowAndTheSchedulesGoOn() throws IOException {
        Pretraining.Job plain =
                TinyRuns.job(folder.resolve("plain"), spec("high_resolution.steps=0"), images, List.of());
        new Pretraining().run(plain, JobMonitor.NONE);

        List<Double> losses = column(whole, "total_loss");
        List<Double> usual = column(plain, "total_loss");
        assertEquals(STEPS, losses.size());
        assertEquals(usual.subList(0, 4), losses.subList(0, 4), "nothing differs before the phase");
        assertNotEquals(usual.get(4), losses.get(4), "larger crops give other losses");
        for (String schedule : List.of("lr", "wd", "momentum", "teacher_temp")) {
            assertEquals(column(plain, schedule), column(whole, schedule), schedule);
        }
        String log = Files.readString(whole.run().logFile());
        assertTrue(log.contains("Global crops of 48 and local crops of 24 pixels"), log);
    }

    /** Dies before the border with a checkpoint before it, and behind it with one behind it. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void resumingAcrossTheBorderRepeatsTheUninterruptedRunBitForBit(int death) throws IOException {
        Pretraining.Job broken = TinyRuns.job(folder.resolve("broken"), spec(), images, List.of());
        assertThrows(DyingMonitor.Death.class, () -> new Pretraining().run(broken, new DyingMonitor(death)));
        assertEquals(
                (death - 1) / 2 * 2,
                broken.run().latestCheckpoint().orElseThrow().step());

        new Pretraining().run(broken, JobMonitor.NONE);

        assertEquals(column(whole, "total_loss"), column(broken, "total_loss"));
        assertArrayEquals(
                Files.readAllBytes(whole.run().teacherFolder().resolve("model.safetensors")),
                Files.readAllBytes(broken.run().teacherFolder().resolve("model.safetensors")));
    }
}
