package org.dinobench.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.run.WorkerEnd;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.trainer.shard.MpiJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in processes of their own whose end comes from outside: killed, or without memory. */
class KilledRunTest {
    private static final int IMAGES = 24;
    private static final int KILLED = 137;

    @TempDir
    Path folder;

    private RunDirectory run(int steps, String... more) throws IOException {
        TinyRuns.draw(folder.resolve("images"), IMAGES);
        return RunDirectory.create(folder.resolve("run"), TinyRuns.spec(IMAGES, steps, more));
    }

    private MpiJob start(RunDirectory run, int limitGib) throws IOException {
        return MpiJob.alone(
                folder,
                limitGib,
                LoneRun.class,
                run.folder().toString(),
                folder.resolve("images").toString());
    }

    @Test
    void aKilledRunSaysWhatHappenedAndGoesOnWithASmallerBatch() throws Exception {
        int steps = 40;
        RunDirectory run = run(steps, "train.checkpoint_every=4", "train.eval_every=0");
        WorkerEnd end = WorkerEnd.watch();
        try (MpiJob worker = start(run, 64)) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (run.checkpoints().isEmpty() && System.nanoTime() < deadline) {
                assertEquals(-1, worker.await(0), worker.output());
                Thread.sleep(5);
            }
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-KILL", Long.toString(worker.pid()))
                            .start()
                            .waitFor());
            assertEquals(KILLED, worker.await(30), worker.output());
        }
        // whoever looks at the run sees that it is over, before anybody has written so
        RunStatus seen = run.status();
        assertEquals(RunState.FAILED, seen.state());
        assertTrue(seen.message().contains("want of memory"), seen.message());
        String word = end.leaveLastWord(run.statusFile(), KILLED).orElseThrow();
        assertEquals(word, run.status().message());
        assertTrue(word.contains("signal 9") && word.contains("train.batch_size_per_gpu"), word);

        long kept = run.latestCheckpoint().orElseThrow().step();
        TrainSpec smaller = TrainSpecs.reader()
                .setAll(run.readSpec(), List.of("train.batch_size_per_gpu=5", "train.activation_checkpointing=true"));
        TrainingResult result = new Pretraining()
                .run(
                        new Pretraining.Job(
                                smaller, LoneRun.images(folder.resolve("images")), List.of(), run, List.of()),
                        JobMonitor.NONE);
        assertTrue(result.finished());
        assertEquals(steps, result.steps());
        String log = Files.readString(run.logFile());
        assertEquals(8 * kept + 5 * (steps - kept), result.images(), log);
        assertEquals(steps, MetricsReader.read(run.metricsFile()).size());
        assertTrue(log.contains("Resumed from the checkpoint of step " + kept), log);
        assertTrue(log.contains("From here on 5 images a batch instead of 8"), log);
    }

    /** The prototypes alone are larger than the address space that the process may have. */
    @Test
    void aRunThatLibtorchHasNoMemoryForEndsWithASentence() throws Exception {
        RunDirectory run = run(4, "dino.head_n_prototypes=1048576", "dino.head_bottleneck_dim=4096");
        try (MpiJob worker = start(run, 12)) {
            assertEquals(1, worker.await(120), worker.output());
            assertTrue(worker.output().contains("can't allocate memory"), worker.output());
        }
        RunStatus status = RunStatus.read(run.statusFile());
        assertEquals(RunState.FAILED, status.state());
        assertTrue(status.message().startsWith("Out of memory. Use a smaller"), status.message());
        assertTrue(Files.readString(run.logFile()).contains(status.message()));
    }
}
