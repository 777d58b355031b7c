package org.dinobench.trainer.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.run.RunState;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.torch.Tensors;
import org.dinobench.trainer.Pretraining;
import org.dinobench.trainer.TinyRuns;
import org.dinobench.trainer.TrainingResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs under mpirun: killed, gone on with by other numbers of processes, and by one. */
class ShardedRunTest {
    private static final int STEPS = 24;
    private static final int IMAGES = 24;
    /** Seconds without a message that a loaded machine may need. */
    private static final int PATIENT = 120;

    @TempDir
    Path folder;

    private Path images;

    @BeforeEach
    void mpirun() throws IOException {
        if (!MpiJob.isPossible()) {
            System.out.println("Skipped: mpirun is not installed (Debian: apt-get install openmpi-bin)");
        }
        assumeTrue(MpiJob.isPossible(), "mpirun is not installed");
        images = folder.resolve("images");
        TinyRuns.draw(images, IMAGES);
    }

    /** A run of two processes with a batch of 12 images. */
    private RunDirectory run(String name) throws IOException {
        TrainSpec spec = TinyRuns.spec(
                IMAGES,
                STEPS,
                "train.batch_size_per_gpu=6",
                "train.threads=1",
                "train.checkpoint_every=4",
                "train.eval_every=12");
        return RunDirectory.create(folder.resolve(name), spec);
    }

    private MpiJob start(RunDirectory run, int ranks, int deadline, int stepsToDeath) throws IOException {
        return MpiJob.start(
                folder,
                ranks,
                RunRank.class,
                run.folder().toString(),
                images.toString(),
                Integer.toString(deadline),
                Integer.toString(stepsToDeath));
    }

    private void finish(RunDirectory run, int ranks) throws Exception {
        try (MpiJob job = start(run, ranks, PATIENT, 0)) {
            int code = job.await(500);
            assertEquals(0, code, job.output());
        }
        assertEquals(RunState.FINISHED, run.status().state());
    }

    /** Kills a rank by force once some steps are done. */
    private void interrupt(RunDirectory run, int ranks) throws Exception {
        try (MpiJob job = start(run, ranks, PATIENT, 0)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(500);
            while (run.checkpoints().size() < 2 && System.nanoTime() < end) {
                assertEquals(-1, job.await(0), job.output());
                Thread.sleep(5);
            }
            signal("KILL", job, 1);
            int code = job.await(30);
            assertTrue(code > 0, code + job.output());
        }
        // the launcher may end a moment before the ranks that it has signalled
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (run.status().state() == RunState.RUNNING && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertEquals(RunState.FAILED, run.status().state());
        assertTrue(run.latestCheckpoint().orElseThrow().step() < STEPS, "it was killed too late");
    }

    private static void signal(String name, MpiJob job, int rank) throws Exception {
        String line = job.output()
                .lines()
                .filter(text -> text.startsWith("rank " + rank + " process "))
                .findFirst()
                .orElseThrow();
        String id = line.substring(line.lastIndexOf(' ') + 1);
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, id).inheritIO().start().waitFor());
    }

    private static List<MetricsRow> rows(RunDirectory run) throws IOException {
        return MetricsReader.read(run.metricsFile());
    }

    @Test
    void aKilledRankCostsOnlyTheStepsSinceTheLastCheckpoint() throws Exception {
        RunDirectory killed = run("killed");
        interrupt(killed, 2);
        RunDirectory copy = copy(killed, "copy");
        RunDirectory whole = run("whole");
        finish(whole, 2);
        finish(killed, 2);
        assertSameNumbers(whole, killed);
        anotherNumberOfProcessesGoesOn(copy);
        oneProcessReadsTheCheckpointOfMany(copy);
    }

    private RunDirectory copy(RunDirectory run, String name) throws IOException {
        Path target = folder.resolve(name);
        try (Stream<Path> files = Files.walk(run.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(run.folder().relativize(file)));
            }
        }
        return RunDirectory.open(target);
    }

    /** To the last bit. */
    private static void assertSameNumbers(RunDirectory whole, RunDirectory killed) throws IOException {
        List<MetricsRow> expected = rows(whole);
        List<MetricsRow> actual = rows(killed);
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).step(), actual.get(i).step());
            for (String key : List.of("total_loss", "koleo_loss", "ibot_loss", "grad_norm", "knn_accuracy")) {
                assertEquals(
                        expected.get(i).values().get(key),
                        actual.get(i).values().get(key),
                        key + " of row " + i);
            }
        }
        assertEquals(12L * STEPS, actual.get(actual.size() - 1).images());
    }

    private void anotherNumberOfProcessesGoesOn(RunDirectory run) throws Exception {
        long first = run.latestCheckpoint().orElseThrow().step();
        finish(run, 3);
        assertTrue(Files.readString(run.logFile()).contains("Resumed from the checkpoint of step " + first));
        assertTrue(Files.readString(run.logFile()).contains("The batch of 12 images stays: 4 on each process"));
        List<MetricsRow> rows = rows(run);
        List<Long> steps = new ArrayList<>();
        rows.forEach(row -> steps.add(row.step()));
        List<Long> all = new ArrayList<>();
        for (long step = 0; step <= STEPS; step++) {
            all.add(step);
        }
        assertEquals(all, steps);
        // the export, gathered shard by shard, is what the shards hold
        try (LoadedModel export = ModelFiles.open(run.teacherFolder());
                LoadedModel shards =
                        ModelFiles.open(run.latestCheckpoint().orElseThrow().folder())) {
            assertEquals("24", shards.facts().get("step"));
            export.parameters()
                    .state()
                    .forEach((name, tensor) -> assertArrayEquals(
                            Tensors.floats(tensor),
                            Tensors.floats(shards.parameters().state().get(name)),
                            name));
        }
    }

    @Test
    void aRankThatHangsEndsTheRunWithinTheDeadline() throws Exception {
        RunDirectory run = run("hanging");
        int deadline = 20;
        try (MpiJob job = start(run, 2, deadline, 0)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(500);
            while (run.checkpoints().isEmpty() && System.nanoTime() < end) {
                assertEquals(-1, job.await(0), job.output());
                Thread.sleep(5);
            }
            signal("STOP", job, 1);
            int code = job.await(deadline + 20);
            assertTrue(code > 0, code + job.output());
            assertTrue(job.output().contains("for rank 1, which died, hangs"), job.output());
        }
        assertEquals(RunState.FAILED, run.status().state());
        assertTrue(
                run.status().message().contains("for rank 1, which died, hangs"),
                run.status().message());
        assertTrue(run.latestCheckpoint().isPresent());
    }

    @Test
    void aRankKilledWhileACheckpointIsWrittenTearsNothing() throws Exception {
        TrainSpec spec = TinyRuns.spec(
                IMAGES,
                STEPS,
                "train.batch_size_per_gpu=6",
                "train.threads=1",
                "train.checkpoint_every=1",
                "train.eval_every=0");
        RunDirectory run = RunDirectory.create(folder.resolve("torn"), spec);
        for (int rank = 0; rank < 2; rank++) {
            long before = run.latestCheckpoint().map(CheckpointFolder::step).orElse(0L);
            try (MpiJob job = start(run, 2, PATIENT, 0)) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(500);
                while (!isWritingAfter(run, before + 2) && System.nanoTime() < end) {
                    assertEquals(-1, job.await(0), job.output());
                    Thread.sleep(0, 200_000);
                }
                signal("KILL", job, rank);
                assertTrue(job.await(30) > 0, job.output());
            }
            assertTrue(run.latestCheckpoint().orElseThrow().step() > before, "it went on");
            for (CheckpointFolder checkpoint : run.checkpoints()) {
                try (LoadedModel model = ModelFiles.open(checkpoint.folder())) {
                    assertEquals(Long.toString(checkpoint.step()), model.facts().get("step"));
                }
            }
        }
        finish(run, 2);
        assertEquals(STEPS, rows(run).size());
    }

    /** Whether a checkpoint after a step has been begun and is not complete. */
    private static boolean isWritingAfter(RunDirectory run, long step) {
        for (long next = step + 1; next <= STEPS; next++) {
            CheckpointFolder folder = run.checkpoint(next);
            if (Files.isDirectory(folder.folder()) && !folder.isComplete()) {
                return true;
            }
        }
        return false;
    }

    @Test
    void everyStrategyTrainsTheSame() throws Exception {
        RunDirectory flat = strategy("flat", "shard_grad_op", "sharding.backbone_reduce=fp32");
        RunDirectory full = strategy("full", "full_shard");
        RunDirectory hybrid = strategy("hybrid", "hybrid_shard", "sharding.group_size=2");
        assertEquals(4, files(flat));
        assertEquals(2, files(hybrid), "one copy is enough");
        for (RunDirectory other : List.of(full, hybrid)) {
            for (int i = 0; i < rows(flat).size(); i++) {
                for (String key : List.of("total_loss", "ibot_loss", "grad_norm")) {
                    double expected = rows(flat).get(i).get(key);
                    assertEquals(expected, rows(other).get(i).get(key), 1e-5 * Math.max(1, expected), key);
                }
            }
        }
    }

    private RunDirectory strategy(String name, String strategy, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "train.batch_size_per_gpu=3",
                "train.threads=1",
                "train.eval_every=0",
                "sharding.strategy=" + strategy));
        settings.addAll(List.of(more));
        RunDirectory run =
                RunDirectory.create(folder.resolve(name), TinyRuns.spec(IMAGES, 4, settings.toArray(String[]::new)));
        finish(run, 4);
        assertEquals(4, rows(run).size());
        return run;
    }

    private static long files(RunDirectory run) throws IOException {
        try (Stream<Path> files =
                Files.list(run.latestCheckpoint().orElseThrow().folder())) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .count();
        }
    }

    @Test
    void aDistillationByRanksGoesOnAsIfNothingHadHappened() throws Exception {
        Path teacher = folder.resolve("teacher.safetensors");
        try (Stream<Path> files = Files.list(images)) {
            TrainSpec spec = TinyRuns.spec(IMAGES, 2, "student.arch=vit_mini");
            Pretraining.Job job =
                    TinyRuns.job(folder.resolve("teacher"), spec, files.sorted().toList(), List.of());
            new Pretraining().run(job, JobMonitor.NONE);
            Files.copy(job.run().teacherFolder().resolve("model.safetensors"), teacher);
        }
        RunDirectory whole = distillation("whole", teacher);
        finish(whole, 2);
        RunDirectory broken = distillation("broken", teacher);
        try (MpiJob job = start(broken, 2, PATIENT, 5)) {
            assertTrue(job.await(500) > 0, job.output());
        }
        finish(broken, 2);
        assertTrue(Files.readString(broken.logFile()).contains("Resumed from the checkpoint of step 4"));
        assertTrue(Files.readString(broken.logFile()).contains("it has no heads"));
        assertEquals(totals(whole), totals(broken));
        try (LoadedModel product = ModelFiles.open(broken.teacherFolder())) {
            assertEquals(128, product.config().width(), "the student's width, not the teacher's 192");
        }
        // heads that were made for the run lie in its checkpoint, by any number of processes
        oneProcessReadsTheCheckpointOfMany(distillationStoppedAt(broken, 4));
    }

    private static List<Double> totals(RunDirectory run) throws IOException {
        return rows(run).stream().map(row -> row.get("total_loss")).toList();
    }

    private RunDirectory distillation(String name, Path teacher) throws IOException {
        return RunDirectory.create(
                folder.resolve(name),
                TinyRuns.spec(
                        IMAGES,
                        STEPS / 3,
                        "distill.enabled=true",
                        "distill.teacher=" + teacher,
                        "train.batch_size_per_gpu=6",
                        "train.threads=1",
                        "train.checkpoint_every=4",
                        "train.eval_every=0"));
    }

    /** A copy of a run without the checkpoints after a step. */
    private RunDirectory distillationStoppedAt(RunDirectory run, long step) throws IOException {
        RunDirectory copy = copy(run, "stopped");
        for (CheckpointFolder checkpoint : copy.checkpoints()) {
            if (checkpoint.step() > step) {
                Files.delete(checkpoint.indexFile());
            }
        }
        assertEquals(step, copy.latestCheckpoint().orElseThrow().step());
        return copy;
    }

    private void oneProcessReadsTheCheckpointOfMany(RunDirectory run) throws IOException {
        try (Stream<Path> files = Files.list(images)) {
            List<Path> sorted = files.sorted().toList();
            TrainingResult result = new Pretraining()
                    .run(new Pretraining.Job(run.readSpec(), sorted, List.of(), run, List.of()), JobMonitor.NONE);
            assertTrue(result.finished());
            assertEquals(run.readSpec().optim().steps().getAsInt(), result.steps());
        }
    }
}
