package org.dinobench.ui.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.run.ResourceFiles;
import org.dinobench.core.run.ResourceSample;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunState;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.dinobench.ui.trainer.chart.LossChartView;
import org.dinobench.ui.trainer.chart.XAxis;
import org.dinobench.ui.trainer.checkpoints.Checkpoint;
import org.dinobench.ui.trainer.checkpoints.CheckpointsView;
import org.dinobench.ui.trainer.health.HealthView;
import org.dinobench.ui.trainer.resources.ResourcesView;
import org.dinobench.ui.trainer.runs.RunsView;
import org.eclipse.jface.viewers.StructuredSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerViewsTest {
    @TempDir
    private Path folder;

    private SampleWorkspace sample() throws Exception {
        return new SampleWorkspace(folder.resolve("w"))
                .withRun("finished", RunState.FINISHED, 400, 400)
                .withRun("living", RunState.RUNNING, 300, 900)
                .withRun("failed", RunState.FAILED, 40, 400)
                .withBrokenRun("torn");
    }

    @Test
    void runsAreListedWithTheirBestScoreAndAskedThroughTheirFolder() throws Exception {
        SampleWorkspace sample = sample();
        try (Views views = Views.on(sample.root())) {
            RunsView view = views.open(RunsView.ID, RunsView.class);
            views.robot().waitUntil("four runs", () -> view.viewer().getTable().getItemCount() == 4);
            views.robot()
                    .waitUntil(
                            "the best k-NN",
                            () -> view.viewer().getTable().getItem(1).getText(4).equals("75.0 %"));
            views.picture(view, "runs");
            WorkspaceItem living = (WorkspaceItem) view.viewer().getElementAt(2);
            assertEquals("living", living.name());
            view.setFocus();
            view.viewer().setSelection(new StructuredSelection(living));
            views.robot().settle(300);
            assertTrue(Commands.run("org.dinobench.ui.trainer.pause"), "pause is not possible");
            assertFalse(Commands.run("org.dinobench.ui.trainer.resume"), "a running run cannot be resumed");
            RunDirectory run = RunDirectory.open(living.folder());
            assertEquals(Optional.of(RunCommand.PAUSE), run.control().take());
            Themes.setDark(true);
            views.picture(view, "runs-dark");
            Themes.setDark(false);
        }
    }

    @Test
    void theChartFollowsALivingRun() throws Exception {
        SampleWorkspace sample = sample();
        try (Views views = Views.on(sample.root())) {
            LossChartView view = views.open(LossChartView.ID, LossChartView.class);
            views.robot()
                    .waitUntil("the living run's losses", () -> view.names().contains("total_loss"));
            views.robot().waitUntil("lines", () -> view.chart().drawnPoints() > 0);
            assertTrue(Screenshots.colours(views.picture(view, "chart")) > 20, "nothing was drawn");
            assertFalse(view.names().contains("lr"), "a learning rate is no loss");
            int before = view.chart().drawnPoints();
            Path metrics = folder.resolve("w/runs/living/metrics.jsonl");
            for (int step = 301; step <= 310; step++) {
                Files.writeString(
                        metrics,
                        new MetricsRow(step, 0, step, Map.of("total_loss", 3.0)).toLine() + "\n",
                        StandardOpenOption.APPEND);
            }
            views.robot().waitUntil("the new points", () -> view.chart().drawnPoints() > before);
            Themes.setDark(true);
            views.picture(view, "chart-dark");
            Themes.setDark(false);
        }
    }

    @Test
    void aRunWithDamagedNumbersIsExplained() throws Exception {
        SampleWorkspace sample = sample();
        try (Views views = Views.on(sample.root())) {
            LossChartView view = views.open(LossChartView.ID, LossChartView.class);
            views.robot().waitUntil("the workspace", () -> !snapshotRun("torn").isEmpty());
            view.show(snapshotRun("torn").orElseThrow());
            views.robot().waitUntil("the reason", () -> view.emptyWords().contains("torn cannot be charted"));
            views.picture(view, "chart-damaged");
        }
    }

    @Test
    void severalRunsAreComparedAndTheChartIsExported() throws Exception {
        SampleWorkspace sample = sample();
        try (Views views = Views.on(sample.root())) {
            views.robot().waitUntil("the workspace", () -> snapshotRun("living").isPresent());
            RunsView runs = views.open(RunsView.ID, RunsView.class);
            LossChartView view = views.open(LossChartView.ID, LossChartView.class);
            views.page().activate(runs);
            runs.viewer()
                    .setSelection(new StructuredSelection(List.of(
                            snapshotRun("finished").orElseThrow(),
                            snapshotRun("living").orElseThrow())));
            views.page().activate(view);
            views.robot().waitUntil("the losses of both runs", () -> view.shownNames()
                    .equals(Set.of("total_loss \u00b7 finished", "total_loss \u00b7 living")));
            views.robot()
                    .waitUntil(
                            "lines",
                            () -> view.chart().drawnPoints() > 0 && view.chart().settled());
            views.picture(view, "chart-compared");
            Path csv = folder.resolve("chart.csv");
            view.chart().export(csv);
            List<String> lines = Files.readAllLines(csv);
            assertEquals("step,total_loss \u00b7 finished,total_loss \u00b7 living", lines.get(0));
            assertEquals(401, lines.size(), "one line for each step of the longer run and the head");
            assertTrue(lines.get(350).matches("350,[\\d.]+,"), lines.get(350));
            Path svg = folder.resolve("chart.svg");
            view.chart().export(svg);
            assertTrue(Files.readString(svg).contains("total_loss"), "the picture brings its legend");
            Path png = folder.resolve("chart.png");
            view.chart().export(png);
            assertTrue(javax.imageio.ImageIO.read(png.toFile()).getWidth() == 1200);
            view.bar().choose(XAxis.MINUTES);
            views.robot().waitUntil("lines over minutes", () -> !view.names().isEmpty());
            views.robot().settle(800);
            view.chart().export(csv);
            assertTrue(Files.readAllLines(csv).get(0).startsWith("minutes,"));
            double last = Double.parseDouble(Files.readAllLines(csv).get(400).split(",")[0]);
            assertEquals(399 * 0.4 / 60, last, 1e-3);
        }
    }

    @Test
    void healthSaysWhatLooksWrong() throws Exception {
        SampleWorkspace sample = sample();
        Path metrics = sample.root().resolve("runs/living/metrics.jsonl");
        try (Views views = Views.on(sample.root())) {
            HealthView view = views.open(HealthView.ID, HealthView.class);
            views.robot().waitUntil("eight cards", () -> view.findings().size() == 8);
            assertEquals("living: nothing looks wrong", view.summary());
            views.picture(view, "health");
            for (int step = 301; step <= 340; step++) {
                Files.writeString(
                        metrics,
                        new MetricsRow(step, 0, step, Map.of("prototype_usage", 0.01, "feature_rank", 1.1)).toLine()
                                + "\n",
                        StandardOpenOption.APPEND);
            }
            views.robot().waitUntil("the collapse", () -> view.summary().equals("living: training looks broken"));
            views.picture(view, "health-collapsed");
            Themes.setDark(true);
            views.picture(view, "health-dark");
            Themes.setDark(false);
            view.show(snapshotRun("torn").orElseThrow());
            views.robot().waitUntil("the reason", () -> view.emptyWords().contains("torn cannot be charted"));
        }
    }

    @Test
    void checkpointsAreListedWithTheirAccuracy() throws Exception {
        SampleWorkspace sample = sample().withCheckpoint("living", 120)
                .withCheckpoint("living", 260)
                .withCheckpoint("living", 300);
        Files.writeString(
                sample.root().resolve("runs/living/checkpoints/step-260/index.json"), "{", StandardOpenOption.WRITE);
        try (Views views = Views.on(sample.root())) {
            CheckpointsView view = views.open(CheckpointsView.ID, CheckpointsView.class);
            views.robot()
                    .waitUntil("checkpoints", () -> view.viewer().getTable().getItemCount() >= 2);
            views.picture(view, "checkpoints");
            Checkpoint latest = (Checkpoint) view.viewer().getElementAt(0);
            assertEquals(300, latest.step());
            assertTrue(latest.best());
            assertEquals(0.35 + 0.4 * 300 / 900.0, latest.knn(), 1e-9);
            assertTrue(ModelSource.of(latest).orElseThrow().path().endsWith("step-300"));
            view.show(snapshotRun("failed").orElseThrow());
            views.robot().waitUntil("no checkpoint", () -> view.emptyWords().contains("failed has no checkpoint yet"));
            views.picture(view, "checkpoints-empty");
        }
    }

    @Test
    void resourcesOfEachProcessAreFollowed() throws Exception {
        SampleWorkspace sample = sample();
        ResourceFiles files = new ResourceFiles(sample.root().resolve("runs/living"));
        for (int i = 0; i < 40; i++) {
            for (int rank = 0; rank < 2; rank++) {
                files.append(use(1000 + 5 * i, rank, 1.5 + 0.3 * Math.sin(i)));
            }
        }
        try (Views views = Views.on(sample.root())) {
            ResourcesView view = views.open(ResourcesView.ID, ResourcesView.class);
            views.robot().waitUntil("two processes", () -> view.ranks().size() == 2);
            assertTrue(view.summary().startsWith("living: 2 processes, "), view.summary());
            assertEquals("Process 1 on node7", view.ranks().get(1).title());
            assertEquals("87.0 %, 40.0 GiB of 80.0 GiB", view.ranks().get(1).gpu());
            assertEquals("none", view.ranks().get(0).gpu());
            assertTrue(Screenshots.colours(views.picture(view, "resources")) > 20, "nothing was drawn");
            files.append(use(1300, 0, 0.25));
            views.robot()
                    .waitUntil(
                            "the new sample", () -> view.ranks().get(0).cores().startsWith("0.3 of 4"));
            Themes.setDark(true);
            views.picture(view, "resources-dark");
            Themes.setDark(false);
            view.show(snapshotRun("finished").orElseThrow());
            views.robot()
                    .waitUntil("no record", () -> view.emptyWords().contains("finished has recorded no resources"));
            views.picture(view, "resources-empty");
            Files.createDirectories(sample.root().resolve("runs/failed/resources"));
            Files.writeString(sample.root().resolve("runs/failed/resources/rank-0.jsonl"), "torn\n");
            view.show(snapshotRun("failed").orElseThrow());
            views.robot().waitUntil("the reason", () -> view.emptyWords().contains("record of failed cannot be read"));
        }
    }

    private static ResourceSample use(double time, int rank, double cores) {
        return new ResourceSample(
                time,
                rank,
                "node7",
                cores,
                4,
                3L << 30,
                24L << 30,
                rank == 0 ? Optional.empty() : Optional.of(new ResourceSample.Gpu(0.87, 40L << 30, 80L << 30)));
    }

    private static Optional<WorkspaceItem> snapshotRun(String name) {
        return org.dinobench.ui.common.workspace.ActiveWorkspace.get().snapshot().of(ItemKind.RUN).stream()
                .filter(i -> i.name().equals(name))
                .findFirst();
    }

    @Test
    void withoutRunsBothViewsSayWhatToDo() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            RunsView runs = views.open(RunsView.ID, RunsView.class);
            assertTrue(runs.emptyWords().contains("No runs yet"), runs.emptyWords());
            views.picture(runs, "runs-empty");
            LossChartView chart = views.open(LossChartView.ID, LossChartView.class);
            assertTrue(chart.emptyWords().contains("No run is chosen"), chart.emptyWords());
            views.picture(chart, "chart-empty");
        }
    }
}
