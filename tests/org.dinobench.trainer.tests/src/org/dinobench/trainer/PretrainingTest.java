package org.dinobench.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.dinobench.core.job.ConsoleMonitor;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.job.StopFlag;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {
    private static final int IMAGES = 24;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static List<Path> images;

    @BeforeAll
    static void draw() throws IOException {
        images = TinyRuns.draw(shared.resolve("images"), IMAGES);
    }

    private Pretraining.Job job(String name, TrainSpec spec) throws IOException {
        return TinyRuns.job(folder.resolve(name), spec, images, List.of());
    }

    private static List<MetricsRow> rows(RunDirectory run) throws IOException {
        return MetricsReader.read(run.metricsFile());
    }

    private static List<Double> losses(RunDirectory run) throws IOException {
        return rows(run).stream().map(row -> row.get("total_loss")).toList();
    }

    @Test
    void aRunLeavesEverythingThatTheDesignNames() throws IOException {
        TrainSpec spec = TinyRuns.spec(IMAGES, 6, "train.eval_every=3", "train.checkpoint_every=2");
        Pretraining.Job job = TinyRuns.job(folder.resolve("run"), spec, images, TinyRuns.labels(images));

        TrainingResult result = new Pretraining().run(job, JobMonitor.NONE);

        RunDirectory run = job.run();
        assertTrue(result.finished());
        assertEquals(6, result.steps());
        assertTrue(result.knnAccuracy().isPresent());
        List<MetricsRow> rows = rows(run);
        assertEquals(7, rows.size(), "the untrained check and six steps");
        MetricsRow last = rows.get(6);
        assertEquals(48, last.images());
        for (String key : List.of(
                "dino_global_crops_loss",
                "dino_local_crops_loss",
                "koleo_loss",
                "ibot_loss",
                "total_loss",
                "lr",
                "wd",
                "momentum",
                "teacher_temp",
                "grad_norm",
                "teacher_entropy",
                "prototype_usage",
                "feature_std",
                "feature_rank",
                "knn_accuracy")) {
            assertTrue(Double.isFinite(last.get(key)), key + " = " + last.get(key));
        }
        RunStatus status = RunStatus.read(run.statusFile());
        assertEquals(RunState.FINISHED, status.state());
        assertEquals(6, status.step());
        assertTrue(Provenance.read(run.provenanceFile()).end().isPresent());
        assertTrue(Files.readString(run.logFile()).contains("Finished after 6 steps"));
        try (var files = Files.list(run.folder())) {
            assertTrue(files.anyMatch(f -> f.getFileName().toString().contains("tfevents")));
        }
        assertTrue(run.latestCheckpoint().orElseThrow().step() == 6);
        try (LoadedModel model = ModelFiles.open(run.folder())) {
            assertEquals(128, model.config().width());
            assertEquals(result.export(), model.source());
        }
    }

    @Test
    void aResumedRunRepeatsAnUninterruptedOneBitForBit() throws IOException {
        TrainSpec spec = TinyRuns.spec(IMAGES, 8, "train.checkpoint_every=3", "student.drop_path_rate=0.2");
        Pretraining.Job whole = job("whole", spec);
        new Pretraining().run(whole, JobMonitor.NONE);

        Pretraining.Job broken = job("broken", spec);
        // ends as by kill -9 after step 5: no further word, no checkpoint but that of step 3
        DyingMonitor dying = new DyingMonitor(5);
        assertThrows(DyingMonitor.Death.class, () -> new Pretraining().run(broken, dying));
        assertEquals(3, broken.run().latestCheckpoint().orElseThrow().step());
        assertEquals(5, rows(broken.run()).size());
        TrainingResult result = new Pretraining().run(job("broken", spec), JobMonitor.NONE);

        assertEquals(8, result.steps());
        assertEquals(losses(whole.run()), losses(broken.run()));
        assertArrayEquals(
                Files.readAllBytes(whole.run().teacherFolder().resolve("model.safetensors")),
                Files.readAllBytes(broken.run().teacherFolder().resolve("model.safetensors")));
    }

    @Test
    void softmaxCentresAreResumedToo() throws IOException {
        TrainSpec spec = TinyRuns.spec(
                IMAGES, 4, "train.centering=centering", "train.checkpoint_every=2", "train.precision=fast");
        Pretraining.Job whole = job("whole", spec);
        new Pretraining().run(whole, JobMonitor.NONE);
        Pretraining.Job broken = job("broken", spec);
        assertThrows(DyingMonitor.Death.class, () -> new Pretraining().run(broken, new DyingMonitor(3)));
        new Pretraining().run(job("broken", spec), JobMonitor.NONE);
        assertEquals(losses(whole.run()), losses(broken.run()));
    }

    @Test
    void pauseResumeCheckpointAndStopAreObeyed() throws Exception {
        TrainSpec spec = TinyRuns.spec(IMAGES, 100_000);
        Pretraining.Job job = job("controlled", spec);
        RunDirectory run = job.run();
        CompletableFuture<TrainingResult> training = CompletableFuture.supplyAsync(() -> {
            try {
                return new Pretraining().run(job, JobMonitor.NONE);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        await(
                () -> status(run).state() == RunState.RUNNING
                        && status(run).message().equals("Training"),
                30);
        run.control().request(RunCommand.PAUSE);
        await(() -> status(run).state() == RunState.PAUSED, 5);
        int stepsAtPause = rows(run).size();
        Thread.sleep(300);
        assertEquals(stepsAtPause, rows(run).size(), "no step in a pause");
        run.control().request(RunCommand.CHECKPOINT);
        await(() -> hasCheckpoint(run), 5);
        run.control().request(RunCommand.STOP);
        TrainingResult result = training.get(10, TimeUnit.SECONDS);
        assertFalse(result.finished());
        assertEquals(RunState.STOPPED, status(run).state());
        assertEquals(result.steps(), run.latestCheckpoint().orElseThrow().step());
    }

    @Test
    void theMonitorStopsARunWithACheckpoint() throws IOException {
        Pretraining.Job job = job("stopped", TinyRuns.spec(IMAGES, 1000));
        StopFlag flag = new StopFlag();
        TrainingResult result = new Pretraining().run(job, new JobMonitor() {
            @Override
            public void begin(String stage, long total) {}

            @Override
            public void worked(long units) {
                flag.stop();
            }

            @Override
            public void message(String text) {}

            @Override
            public boolean isStopped() {
                return flag.isStopped();
            }
        });
        assertFalse(result.finished());
        assertEquals(result.steps(), job.run().latestCheckpoint().orElseThrow().step());
    }

    @Test
    void byTheClockTheCosineEndsWhenTheTimeDoes() throws IOException {
        double seconds = 6;
        TrainSpec spec = TinyRuns.spec(IMAGES, 2000, "train.minutes=" + seconds / 60, "optim.warmup_steps=200");
        Pretraining.Job job = job("timed", spec);

        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        TrainingResult result;
        // a clock that lets the monitor show every step
        try (ConsoleMonitor monitor =
                new ConsoleMonitor(new PrintStream(shown), false, () -> clock.addAndGet(5_000_000_000L))) {
            result = new Pretraining().run(job, monitor);
        }

        assertTrue(result.finished());
        List<String> lines = shown.toString()
                .lines()
                .filter(line -> line.startsWith("Training: ") && line.contains("%"))
                .toList();
        assertTrue(
                lines.get(lines.size() - 1).matches("Training: [\\d,]+ of [\\d,]+ \\(\\d+ %\\), \\d+ % of 6 s.*"),
                "steps done of those that fit, and the share of the time: " + lines.get(lines.size() - 1));
        assertTrue(result.steps() < 2000, "so many steps do not fit: " + result.steps());
        assertTrue(result.seconds() > 0.6 * seconds && result.seconds() < 1.3 * seconds, result.seconds() + " s");
        List<MetricsRow> rows = rows(job.run());
        double peak = rows.stream().mapToDouble(row -> row.get("lr")).max().orElseThrow();
        double last = rows.get(rows.size() - 1).get("lr");
        assertTrue(peak > 0.9 * spec.optim().lr().orElseThrow(), "the warm-up is over early enough: " + peak);
        assertTrue(last < 0.2 * peak, "the cosine ends near zero: " + last + " of " + peak);
    }

    @Test
    void brokenImagesAreSkippedCountedAndToldUpToAShare() throws IOException {
        Path broken = shared.resolve("broken.png");
        Files.writeString(broken, "no image");
        List<Path> some = new ArrayList<>(images);
        some.add(broken);
        TrainSpec spec = TinyRuns.spec(some.size(), 4);
        Pretraining.Job job = TinyRuns.job(folder.resolve("some"), spec, some, List.of());
        assertEquals(1, new Pretraining().run(job, JobMonitor.NONE).brokenImages());
        assertTrue(Files.readString(job.run().logFile()).contains("broken.png"));

        TrainSpec strict = TinyRuns.spec(some.size(), 4, "train.broken_share=0");
        Pretraining.Job refused = TinyRuns.job(folder.resolve("strict"), strict, some, List.of());
        BadInputException problem =
                assertThrows(BadInputException.class, () -> new Pretraining().run(refused, JobMonitor.NONE));
        assertTrue(problem.getMessage().contains("broken.png"), problem.getMessage());
        assertEquals(RunState.FAILED, status(refused.run()).state());
    }

    @Test
    void aTruncatedCheckpointIsRefusedWithTheFile() throws IOException {
        TrainSpec spec = TinyRuns.spec(IMAGES, 4, "train.checkpoint_every=2");
        Pretraining.Job job = job("truncated", spec);
        assertThrows(DyingMonitor.Death.class, () -> new Pretraining().run(job, new DyingMonitor(3)));
        Path shard = job.run().latestCheckpoint().orElseThrow().shard(0, 1);
        try (var channel = java.nio.channels.FileChannel.open(shard, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        BadInputException problem = assertThrows(
                BadInputException.class, () -> new Pretraining().run(job("truncated", spec), JobMonitor.NONE));
        assertTrue(problem.where().endsWith("rank-0-of-1.safetensors"), problem.getMessage());
    }

    @Test
    void aCheckpointOfAnotherShapeIsRefused() throws IOException {
        Pretraining.Job job = job("other", TinyRuns.spec(IMAGES, 2));
        new Pretraining().run(job, JobMonitor.NONE);
        TrainSpec wider = TinyRuns.spec(IMAGES, 2, "dino.head_n_prototypes=128");
        BadInputException problem = assertThrows(
                BadInputException.class, () -> new Pretraining().run(job("other", wider), JobMonitor.NONE));
        assertTrue(problem.getMessage().contains("spec.yaml"), problem.getMessage());
    }

    private static RunStatus status(RunDirectory run) {
        return RunStatus.read(run.statusFile());
    }

    private static boolean hasCheckpoint(RunDirectory run) {
        try {
            return run.latestCheckpoint().isPresent();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within " + seconds + " s");
            Thread.sleep(20);
        }
    }
}
