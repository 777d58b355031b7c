package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code curate} against an evaluation set by a copy-detection model whose cosines are known: of an image of one colour
 * it gives a direction in the plane, so that images can be painted at any angle to each other.
 */
class CurateLeakTest {
    private static final double[] MEAN = {0.485, 0.456};
    private static final double[] DEVIATION = {0.229, 0.224};

    @TempDir
    Path folder;

    @BeforeEach
    void paintAndImport() throws IOException {
        Torch.start();
        try (TensorScope scope = TensorScope.open()) {
            JitModule module = new JitModule(new QualifiedName("Plane"));
            module.define("def forward(self, x):\n    return x.mean([2, 3])[:, :2]\n");
            module.save(model().toString());
        }
        paint("evaluation/test.png", 0);
        // at a cosine of 0.53 to the test image: between the paper's 0.45 for leaks and its 0.6 for copies
        paint("pool/leak.png", 58);
        // a copy of the leak by 0.6 (0.71), though nothing like the test image (-0.22)
        paint("pool/copy-of-leak.png", 103);
        // at 0.41 to the test image
        paint("pool/near.png", -66);
        paint("pool/far.png", 180);
        assertEquals(
                0,
                run("import", "--images", folder.resolve("pool").toString(), "--dataset", "d")
                        .code());
    }

    private Path model() {
        return folder.resolve("plane.torchscript.pt");
    }

    private void paint(String name, double degrees) throws IOException {
        double angle = Math.toRadians(degrees);
        float red = (float) (MEAN[0] + DEVIATION[0] * Math.cos(angle));
        float green = (float) (MEAN[1] + DEVIATION[1] * Math.sin(angle));
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(red, green, 0.4f));
        pen.fillRect(0, 0, 64, 64);
        pen.dispose();
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(java.util.stream.Stream.concat(
                        java.util.Arrays.stream(arguments),
                        java.util.stream.Stream.of(
                                "--workspace", folder.resolve("workspace").toString()))
                .toList());
    }

    private Map<String, ManifestEntry> curate(String... more) throws IOException {
        Path spec = folder.resolve("curation.yaml");
        Files.writeString(
                spec,
                "dedup:\n  model: \"%s\"\n  references: [\"%s\"]\ncluster:\n  enabled: false\n"
                        .formatted(model(), folder.resolve("evaluation")));
        Path out = folder.resolve("out");
        List<String> arguments = new java.util.ArrayList<>(
                List.of("curate", "--dataset", "d", "--spec", spec.toString(), "--out", out.toString(), "--json"));
        arguments.addAll(List.of(more));
        CommandLineRun done = run(arguments.toArray(String[]::new));
        assertEquals(0, done.code(), done.said());
        return Manifest.read(out.resolve("manifest.csv")).stream()
                .collect(Collectors.toMap(
                        entry -> Path.of(entry.path()).getFileName().toString(), Function.identity()));
    }

    @Test
    void aLeakByThePapersThresholdGoesWithItsWholeComponent() throws IOException {
        Map<String, ManifestEntry> manifest = curate();
        assertFalse(manifest.get("leak.png").keep());
        assertTrue(
                manifest.get("leak.png").reason().contains("test.png"),
                manifest.get("leak.png").reason());
        assertFalse(manifest.get("copy-of-leak.png").keep(), "the whole component goes");
        assertTrue(manifest.get("copy-of-leak.png").reason().contains("test.png"));
        assertTrue(manifest.get("near.png").keep(), "0.41 is no leak");
        assertTrue(manifest.get("far.png").keep());
    }

    @Test
    void aThresholdOfOnesOwnDecides() throws IOException {
        Map<String, ManifestEntry> strict = curate("--set", "dedup.reference_threshold=0.4");
        assertFalse(strict.get("near.png").keep(), "0.41 is a leak by 0.4");
        Map<String, ManifestEntry> loose = curate("--set", "dedup.reference_threshold=0.6");
        long kept = List.of("leak.png", "copy-of-leak.png").stream()
                .filter(name -> loose.get(name).keep())
                .count();
        assertEquals(1, kept, "copies of each other, but no leaks: one stays");
        assertTrue(loose.get("near.png").keep());
    }
}
