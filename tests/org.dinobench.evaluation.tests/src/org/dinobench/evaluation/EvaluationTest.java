package org.dinobench.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.export.ExportRequest;
import org.dinobench.evaluation.export.ExportResult;
import org.dinobench.evaluation.export.ModelCard;
import org.dinobench.evaluation.export.SafetensorsExporter;
import org.dinobench.evaluation.linear.ProbeSpec;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.Ffn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final String[] CLASSES = {"blue, calm", "green", "red"};

    @TempDir
    Path folder;

    private final List<ManifestEntry> entries = new ArrayList<>();

    @BeforeEach
    void makeImages() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] rgb = new byte[3 * 20 * 20];
            for (int p = 0; p < rgb.length; p++) {
                boolean own = p % 3 == 2 - i % 3;
                rgb[p] = (byte) (40 + random.nextInt(60) + (own ? 90 : 0));
            }
            String name = "image" + i + ".png";
            ImageWriter.writePng(new RgbImage(20, 20, rgb), folder.resolve(name));
            entries.add(ManifestEntry.of(name, CLASSES[i % 3]));
        }
    }

    @Test
    void everyTaskLeavesItsTraceInTheFolder() throws IOException {
        Path out = folder.resolve("report");
        EvaluationResult result =
                evaluate(EnumSet.complementOf(EnumSet.of(Task.SEGMENTATION)), LeakCheck.Policy.REFUSE, out);
        assertTrue(result.knn().orElseThrow().details().accuracy().value() > 0.9, "colours are easy to tell apart");
        assertEquals(2, result.baselines().size());
        JsonNode json = Json.readObject(out.resolve("report.json"));
        assertEquals(
                result.knn().orElseThrow().details().accuracy().value(),
                json.at("/knn/details/accuracy/value").asDouble(),
                1e-12);
        assertEquals(3, json.at("/knn/details/confusion/counts").size());
        assertEquals(52, json.at("/probe/grid").size(), "13 rates, 2 depths, with and without mean patch");
        assertTrue(json.at("/linear/chosen_l2").asDouble() > 0);
        assertEquals(5, json.at("/fewshot").size());
        assertTrue(json.at("/retrieval/mean_average_precision").asDouble() > 0.5);
        assertFalse(Files.readString(out.resolve("report.json")).contains("NaN"));
        String html = Files.readString(out.resolve("report.html"));
        for (String title : List.of(
                "Nearest neighbours", "Logistic regression", "Linear probe", "Few labelled", "Retrieval", "sees")) {
            assertTrue(html.contains(title), title);
        }
        assertTrue(Files.isRegularFile(out.resolve("figures/sample-01-attention.png")));
        Provenance provenance = Provenance.read(out.resolve("provenance.json"));
        assertEquals(
                List.of("model", "manifest"),
                provenance.inputs().stream().map(Provenance.Input::name).toList());
        List<String> csv = Files.readAllLines(out.resolve("predictions.csv"));
        assertEquals(1 + 3 * result.split().test().length, csv.size());
        assertEquals("classifier,path,label,predicted,right,score blue  calm,score green,score red", csv.get(0));
        assertTrue(csv.stream().anyMatch(line -> line.startsWith("knn,image") && line.contains(",\"blue, calm\",")));
    }

    @Test
    void equalFilesAcrossAGivenSplitAreRefusedOrMarked() throws IOException {
        Files.copy(folder.resolve("image0.png"), folder.resolve("copy.png"));
        for (int i = 0; i < 60; i++) {
            ManifestEntry e = entries.get(i);
            entries.set(i, split(e, i % 4 == 0 && i > 0 ? "test" : "train"));
        }
        entries.add(split(ManifestEntry.of("copy.png", CLASSES[0]), "test"));
        Path out = folder.resolve("leaky");
        BadInputException problem = assertThrows(
                BadInputException.class, () -> evaluate(EnumSet.of(Task.KNN), LeakCheck.Policy.REFUSE, out));
        assertTrue(problem.getMessage().contains("copy.png and image0.png: same content"), problem.getMessage());
        EvaluationResult marked = evaluate(EnumSet.of(Task.KNN), LeakCheck.Policy.MARK, out);
        assertEquals(1, marked.knn().orElseThrow().leak().leakedTestImages());
        assertTrue(Files.readString(out.resolve("report.html")).contains("notice bad"));
    }

    @Test
    void rareClassesAreRefusedOrLeftOutAndNamed() throws IOException {
        entries.set(0, ManifestEntry.of("image0.png", "once"));
        EvaluationSpec spec = spec(EnumSet.of(Task.RETRIEVAL), LeakCheck.Policy.REFUSE);
        Path out = folder.resolve("rare");
        BadInputException problem = assertThrows(
                BadInputException.class, () -> new Evaluation(spec).run(model(), manifest(), out, JobMonitor.NONE));
        assertTrue(problem.getMessage().contains("the class \"once\" has a single image"), problem.getMessage());
        EvaluationResult result = new Evaluation(spec.leavingOutRare()).run(model(), manifest(), out, JobMonitor.NONE);
        assertEquals(List.of("once"), result.leftOut());
        assertTrue(Files.readString(out.resolve("report.html")).contains("too few images: once"));
    }

    @Test
    void brokenAndMissingImagesAreNamed() throws IOException {
        Files.writeString(folder.resolve("image7.png"), "no picture");
        BadInputException broken = assertThrows(
                BadInputException.class,
                () -> evaluate(EnumSet.of(Task.KNN), LeakCheck.Policy.REFUSE, folder.resolve("broken")));
        assertTrue(broken.getMessage().contains("image7.png"), broken.getMessage());
        Files.delete(folder.resolve("image7.png"));
        BadInputException missing = assertThrows(
                BadInputException.class,
                () -> evaluate(EnumSet.of(Task.KNN), LeakCheck.Policy.REFUSE, folder.resolve("missing")));
        assertTrue(missing.getMessage().contains("does not exist"), missing.getMessage());
    }

    @Test
    void stopsOnRequest() throws IOException {
        Path model = model();
        Path manifest = manifest();
        JobMonitor stopped = new JobMonitor() {
            @Override
            public void begin(String stage, long total) {}

            @Override
            public void worked(long units) {}

            @Override
            public void message(String text) {}

            @Override
            public boolean isStopped() {
                return true;
            }
        };
        assertThrows(StoppedException.class, () -> new Evaluation(spec(EnumSet.of(Task.KNN), LeakCheck.Policy.REFUSE))
                .run(model, manifest, folder.resolve("out"), stopped));
    }

    @Test
    void unknownTasksAreNamed() {
        BadInputException problem = assertThrows(BadInputException.class, () -> Task.named("nearest"));
        assertTrue(problem.getMessage().contains("knn, linear"), problem.getMessage());
        assertEquals(Task.KNN, Task.named(" knn "));
    }

    private EvaluationResult evaluate(EnumSet<Task> tasks, LeakCheck.Policy leaks, Path out) throws IOException {
        return new Evaluation(spec(tasks, leaks)).run(model(), manifest(), out, JobMonitor.NONE);
    }

    private static EvaluationSpec spec(EnumSet<Task> tasks, LeakCheck.Policy leaks) {
        ProbeSpec usual = ProbeSpec.small();
        ProbeSpec shortened =
                new ProbeSpec(usual.learningRates(), usual.blocks(), usual.meanPatch(), 40, 32, 0.2, 100, 0);
        return EvaluationSpec.usual(tasks, EvalTransform.squash(16), true, 3)
                .withLeaks(leaks)
                .withProbe(shortened);
    }

    private static ManifestEntry split(ManifestEntry e, String split) {
        return new ManifestEntry(e.path(), e.label(), split, "", "", true, "");
    }

    private Path manifest() throws IOException {
        Path file = folder.resolve("manifest.csv");
        Manifest.write(file, entries);
        return file;
    }

    private Path model() throws IOException {
        Path target = folder.resolve("model");
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 1)) {
            ExportResult result = new SafetensorsExporter()
                    .export(
                            new ExportRequest(
                                    small.network(),
                                    EvalTransform.squash(16),
                                    target,
                                    ModelCard.named("small"),
                                    List.of(folder.resolve("image1.png"))),
                            JobMonitor.NONE);
            assertEquals(0, result.check().largestDifference(), 1e-6);
        }
        return target;
    }
}
