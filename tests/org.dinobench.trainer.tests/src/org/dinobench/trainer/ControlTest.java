package org.dinobench.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come while a step is under way. */
class ControlTest {
    private static final int IMAGES = 24;
    private static final double CONFIRMED_WITHIN = 1.0;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static List<Path> images;

    @BeforeAll
    static void draw() throws IOException {
        images = TinyRuns.draw(shared.resolve("images"), IMAGES);
    }

    private static CompletableFuture<TrainingResult> start(Pretraining.Job job) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new Pretraining().run(job, JobMonitor.NONE);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static RunStatus status(RunDirectory run) {
        return RunStatus.read(run.statusFile());
    }

    /** Seconds until the status is as wanted. */
    private static double until(RunDirectory run, Predicate<RunStatus> wanted) throws InterruptedException {
        long begin = System.nanoTime();
        while (!wanted.test(status(run))) {
            assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(60), () -> status(run)
                    .toString());
            Thread.sleep(10);
        }
        return (System.nanoTime() - begin) * 1e-9;
    }

    private static void assertConfirmed(RunDirectory run, RunCommand command, Predicate<RunStatus> confirmed)
            throws Exception {
        run.control().request(command);
        double seconds = until(run, confirmed);
        assertTrue(seconds < CONFIRMED_WITHIN, command + " confirmed after " + seconds + " s");
    }

    /** A ViT-S of which a step takes seconds: every request is confirmed and carried out before the first one is done. */
    @Test
    void requestsActWithinALongStep() throws Exception {
        TrainSpec spec = TinyRuns.spec(
                IMAGES,
                1000,
                "student.arch=vit_small",
                "crops.global_crops_size=112",
                "crops.local_crops_size=48",
                "train.batch_size_per_gpu=24",
                "crops.image_size=112",
                "train.eval_every=0");
        Pretraining.Job job = TinyRuns.job(folder.resolve("long"), spec, images, List.of());
        RunDirectory run = job.run();
        CompletableFuture<TrainingResult> training = start(job);
        until(run, status -> status.message().equals("Training"));
        Thread.sleep(300);

        assertConfirmed(run, RunCommand.PAUSE, s -> s.message().startsWith("Paus"));
        double paused = until(run, s -> s.state() == RunState.PAUSED);
        assertConfirmed(
                run,
                RunCommand.CHECKPOINT,
                s -> s.message().contains("checkpoint") || run.checkpoint(0).isComplete());
        until(run, s -> run.checkpoint(0).isComplete());
        assertEquals(RunState.PAUSED, status(run).state(), "a checkpoint does not end a pause");
        assertConfirmed(
                run,
                RunCommand.RESUME,
                s -> s.state() == RunState.RUNNING || s.message().equals("Going on"));
        until(run, s -> s.state() == RunState.RUNNING);
        Thread.sleep(200);
        assertConfirmed(run, RunCommand.STOP, s -> s.message().startsWith("Stop") || s.state() == RunState.STOPPED);
        double stopped = until(run, s -> s.state() == RunState.STOPPED);

        TrainingResult result = training.get(30, TimeUnit.SECONDS);
        assertFalse(result.finished());
        assertEquals(0, result.steps(), "the first step was given up");
        System.out.printf(
                "within the first step: paused %.2f s after the word was given, stopped after %.2f s%n",
                paused, stopped);
        assertTrue(paused < 5 && stopped < 5, "between two parts of the step");
    }

    /** Wherever requests meet the steps, the numbers are those of a run that was left alone. */
    @Test
    void aRunThatWasHeldUpAndStoppedInTheMiddleOfStepsIsTheSameBitForBit() throws Exception {
        TrainSpec spec = TinyRuns.spec(
                IMAGES,
                20,
                "train.centering=centering",
                "student.drop_path_rate=0.2",
                "train.gradient_accumulation=2",
                "train.checkpoint_every=1000",
                "train.eval_every=0");
        Pretraining.Job whole = TinyRuns.job(folder.resolve("whole"), spec, images, List.of());
        new Pretraining().run(whole, JobMonitor.NONE);

        Pretraining.Job disturbed = TinyRuns.job(folder.resolve("disturbed"), spec, images, List.of());
        RunDirectory run = disturbed.run();
        Random random = new Random(8);
        int stops = 0;
        for (int round = 0; round < 4 && status(run).state() != RunState.FINISHED; round++) {
            CompletableFuture<TrainingResult> training = start(disturbed);
            until(run, s -> s.message().equals("Training") || s.state() == RunState.FINISHED);
            for (RunCommand command :
                    List.of(RunCommand.PAUSE, RunCommand.CHECKPOINT, RunCommand.RESUME, RunCommand.STOP)) {
                Thread.sleep(60 + random.nextInt(150));
                run.control().request(command);
            }
            stops += training.get(60, TimeUnit.SECONDS).finished() ? 0 : 1;
        }
        assertTrue(stops > 0, "it was never stopped");
        new Pretraining().run(disturbed, JobMonitor.NONE);
        assertEquals(losses(whole.run()), losses(run));
    }

    private static List<Double> losses(RunDirectory run) throws IOException {
        return MetricsReader.read(run.metricsFile()).stream()
                .map((MetricsRow row) -> row.get("total_loss"))
                .toList();
    }
}
