package org.dinobench.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.metrics.MetricsReader;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.spec.Key;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.LossProvider;
import org.dinobench.losses.LossRegistry;
import org.dinobench.losses.LossTerm;
import org.dinobench.losses.LossValue;
import org.dinobench.losses.StepOutput;
import org.dinobench.losses.StepOutputs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go wrong on the way, and the numbers that show how a run goes. */
class TroubledRunTest {
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

    /** A loss that is NaN in chosen steps, and otherwise a small pull on the features. */
    private static final class Poison implements LossProvider<Poison.Spec> {
        private final Set<Integer> badSteps;
        private int steps;

        Poison(Integer... badSteps) {
            this.badSteps = Set.of(badSteps);
        }

        record Spec(
                @Key(doc = "Factor in the objective.", def = "0.01")
                double weight) {}

        @Override
        public String id() {
            return "poison";
        }

        @Override
        public String title() {
            return "Poison";
        }

        @Override
        public Class<Spec> configurationType() {
            return Spec.class;
        }

        @Override
        public Spec defaults() {
            return new Spec(0.01);
        }

        @Override
        public LossTerm create(Spec spec, LossContext context) {
            return new LossTerm() {
                @Override
                public Set<StepOutput> needs() {
                    return Set.of(StepOutput.GLOBAL_CLS_FEATURES);
                }

                @Override
                public List<LossValue> compute(StepOutputs outputs) {
                    steps++;
                    double factor = badSteps.contains(steps) ? Double.NaN : 1;
                    Tensor features = outputs.globalClsFeatures();
                    Tensor value = features.mul(features).mean().mul(new Scalar(factor));
                    return List.of(new LossValue("poison_loss", value, spec.weight(), 1));
                }
            };
        }
    }

    private static Pretraining with(Poison poison) {
        List<LossProvider<?>> losses = new ArrayList<>(LossRegistry.builtIn().losses());
        losses.add(poison);
        return new Pretraining(
                new LossRegistry(losses, List.of(LossRegistry.builtIn().centering("sinkhorn_knopp"))));
    }

    private Pretraining.Job job(String name, int steps) throws IOException {
        TrainSpec spec = TinyRuns.spec(IMAGES, steps, "losses={poison: {}}", "train.eval_every=0");
        return TinyRuns.job(folder.resolve(name), spec, images, List.of());
    }

    private static List<MetricsRow> rows(Pretraining.Job job) throws IOException {
        return MetricsReader.read(job.run().metricsFile());
    }

    @Test
    void aStepWithNaNIsSkippedAndToldAndTheRunGoesOn() throws IOException {
        Pretraining.Job job = job("skipped", 6);
        assertTrue(with(new Poison(2, 4, 5)).run(job, JobMonitor.NONE).finished());
        List<MetricsRow> rows = rows(job);
        assertEquals(6, rows.size());
        assertTrue(Double.isNaN(rows.get(1).get("total_loss"))
                && Double.isNaN(rows.get(1).get("poison_loss")));
        assertTrue(Double.isFinite(rows.get(5).get("total_loss")));
        String log = Files.readString(job.run().logFile());
        for (int bad : List.of(2, 4, 5)) {
            assertTrue(log.contains("Step " + bad + " gave no finite numbers (poison_loss"), log);
        }
        assertTrue(log.contains("it was skipped and the weights are as before"), log);
    }

    @Test
    void threeInARowEndTheRunWithADiagnosisAndASoundCheckpointStays() throws IOException {
        TrainSpec spec =
                TinyRuns.spec(IMAGES, 9, "losses={poison: {}}", "train.eval_every=0", "train.checkpoint_every=2");
        Pretraining.Job job = TinyRuns.job(folder.resolve("diverged"), spec, images, List.of());
        TrainingDivergedException end = assertThrows(
                TrainingDivergedException.class, () -> with(new Poison(4, 5, 6)).run(job, JobMonitor.NONE));
        assertTrue(end.getMessage().contains("poison_loss") && end.getMessage().contains("half of optim.lr"));
        RunStatus status = RunStatus.read(job.run().statusFile());
        assertEquals(RunState.FAILED, status.state());
        assertTrue(status.message().contains("the third in a row"), status.message());
        assertTrue(Files.readString(job.run().logFile()).contains("training has diverged at learning rate"));
        assertEquals(4, job.run().latestCheckpoint().orElseThrow().step());
        assertTrue(with(new Poison()).run(job, JobMonitor.NONE).finished(), "it can be resumed");
    }

    @Test
    void everyStepTellsAllThatIsNeededToSeeHowItGoes() throws IOException {
        Pretraining.Job job = job("told", 3);
        with(new Poison()).run(job, JobMonitor.NONE);
        for (MetricsRow row : rows(job)) {
            for (String key : List.of(
                    "dino_global_crops_loss",
                    "dino_local_crops_loss",
                    "koleo_loss",
                    "ibot_loss",
                    "poison_loss",
                    "total_loss",
                    "lr",
                    "last_layer_lr",
                    "wd",
                    "momentum",
                    "teacher_temp",
                    "grad_norm",
                    "grad_norm_backbone",
                    "grad_norm_dino_head",
                    "grad_norm_ibot_head",
                    "teacher_entropy",
                    "prototype_usage",
                    "feature_std",
                    "feature_rank",
                    "step_seconds",
                    "images_per_second")) {
                assertTrue(Double.isFinite(row.get(key)), key + " = " + row.get(key) + " in step " + row.step());
            }
            double norm = Math.sqrt(square(row, "grad_norm_backbone")
                    + square(row, "grad_norm_dino_head")
                    + square(row, "grad_norm_ibot_head"));
            assertEquals(norm, row.get("grad_norm"), 1e-9 * norm);
            assertTrue(row.get("prototype_usage") > 0 && row.get("prototype_usage") <= 1);
            assertTrue(row.get("feature_rank") >= 1 && row.get("feature_rank") <= 16, "of 16 class tokens");
        }
    }

    private static double square(MetricsRow row, String key) {
        return row.get(key) * row.get(key);
    }

    @Test
    void aCollapseIsWarnedOfInWordsWhileTheRunGoesOn() throws IOException {
        // identical images: whatever the network does, all of them get the same features
        Path same = folder.resolve("same");
        Files.createDirectories(same);
        byte[] flat = Files.readAllBytes(TinyRuns.flat(folder.resolve("flat.png")));
        List<Path> copies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            copies.add(Files.write(same.resolve(i + ".png"), flat));
        }
        TrainSpec spec = TinyRuns.spec(copies.size(), 64, "train.eval_every=0", "dino.koleo_loss_weight=0");
        Pretraining.Job job = TinyRuns.job(folder.resolve("collapsed"), spec, copies, List.of());
        assertTrue(new Pretraining().run(job, JobMonitor.NONE).finished());
        String log = Files.readString(job.run().logFile());
        assertTrue(log.contains("Warning: ") && log.contains("this is a collapse"), log);
        assertFalse(log.substring(0, log.indexOf("Warning: ")).contains("Finished"), "while it runs");
    }
}
