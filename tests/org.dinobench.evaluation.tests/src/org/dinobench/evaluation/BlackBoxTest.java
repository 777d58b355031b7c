package org.dinobench.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.torch.TensorScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlackBoxTest {
    @TempDir
    Path folder;

    private Path script;
    private Path manifest;

    @BeforeEach
    void make() throws IOException {
        Random random = new Random(1);
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] rgb = new byte[3 * 20 * 20];
            for (int p = 0; p < rgb.length; p++) {
                rgb[p] = (byte) (40 + random.nextInt(60) + (p % 3 == i % 2 ? 90 : 0));
            }
            ImageWriter.writePng(new RgbImage(20, 20, rgb), folder.resolve(i + ".png"));
            entries.add(ManifestEntry.of(i + ".png", "c" + i % 2));
        }
        manifest = folder.resolve("manifest.csv");
        Manifest.write(manifest, entries);
        script = folder.resolve("mean.pt");
        try (TensorScope scope = TensorScope.open()) {
            JitModule module = new JitModule(new QualifiedName("Mean"));
            module.define("def forward(self, x):\n    return x.flatten(2).mean(2)\n");
            module.save(script.toString());
        }
    }

    @Test
    void torchScriptFilesAreMeasuredByTheirVectors() throws IOException {
        Path out = folder.resolve("out");
        EvaluationResult result = evaluate(EnumSet.of(Task.KNN, Task.LINEAR, Task.STATISTICS, Task.PICTURES), out);
        assertTrue(result.knn().orElseThrow().details().accuracy().value() > 0.9, "mean colours tell the classes");
        assertTrue(result.knn().orElseThrow().features().endsWith("mean.pt, its vector"));
        assertEquals(1, result.baselines().size(), "raw pixels; there is no untrained black box");
        assertTrue(Files.isRegularFile(out.resolve("report.html")));
        assertFalse(Files.exists(out.resolve("figures")), "no pictures of what cannot be seen");
    }

    @Test
    void workThatLooksInsideIsRefused() {
        BadInputException refused =
                assertThrows(BadInputException.class, () -> evaluate(EnumSet.of(Task.PROBE), folder.resolve("out")));
        assertTrue(refused.getMessage().contains("nothing of its blocks"), refused.getMessage());
    }

    @Test
    void theInputIsOfTheWantedSize() throws IOException {
        try (OpenedModel opened = OpenedModel.open(script, 32)) {
            assertTrue(opened.model().isBlackBox());
            assertEquals(3, opened.model().blackBox().dimensions());
            assertEquals(32, opened.transform().size());
        }
        try (OpenedModel opened = OpenedModel.open(script)) {
            assertEquals(EvalTransform.DINOV2, opened.transform());
        }
    }

    private EvaluationResult evaluate(Set<Task> tasks, Path out) throws IOException {
        return new Evaluation(EvaluationSpec.usual(tasks, EvalTransform.squash(16), true, 3))
                .run(script, manifest, out, JobMonitor.NONE);
    }
}
