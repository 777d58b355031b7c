package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dinobench.core.io.Json;
import org.dinobench.evaluation.features.UntrainedNetwork;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VitConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluation, embedding and pictures as a person at a terminal meets them, bad input before all. */
class EvaluationCommandsTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> rows = new ArrayList<>(List.of("path,label,split"));
    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = folder.resolve("model.safetensors");
        VitConfig config = VitConfig.preset("test", "vit_micro", 8, SIDE);
        try (UntrainedNetwork network = new UntrainedNetwork(config, 0)) {
            ModelFiles.write(model, network.network(), Map.of());
        }
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        for (int i = 0; i < 24; i++) {
            draw(i, i % 2 == 0 ? "warm" : "cold", "");
        }
    }

    /** Noise with a square of the class's colour at a random place, and its mask. */
    private void draw(int number, String label, String split) throws IOException {
        Random random = new Random(number);
        byte[] rgb = new byte[3 * SIDE * SIDE];
        byte[] mask = new byte[3 * SIDE * SIDE];
        random.nextBytes(rgb);
        int left = random.nextInt(SIDE / 2);
        int top = random.nextInt(SIDE / 2);
        for (int y = top; y < top + SIDE / 2; y++) {
            for (int x = left; x < left + SIDE / 2; x++) {
                int at = 3 * (y * SIDE + x);
                rgb[at] = (byte) (label.equals("warm") ? 230 : 20);
                rgb[at + 1] = 60;
                rgb[at + 2] = (byte) (label.equals("warm") ? 20 : 230);
                Arrays.fill(mask, at, at + 3, (byte) 255);
            }
        }
        ImageWriter.writePng(new RgbImage(SIDE, SIDE, rgb), image(number));
        ImageWriter.writePng(new RgbImage(SIDE, SIDE, mask), mask(number));
        rows.add("images/i" + number + ".png," + label + "," + split);
    }

    private Path image(int number) {
        return folder.resolve("images/i" + number + ".png");
    }

    private Path mask(int number) {
        return folder.resolve("masks/i" + number + ".png");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private ObjectNode printed() {
        return Json.parseObject("output", out.toString(StandardCharsets.UTF_8).strip());
    }

    private int evaluate(String... more) throws IOException {
        Path manifest = folder.resolve("manifest.csv");
        Files.write(manifest, rows);
        List<String> arguments = new ArrayList<>(List.of(
                "evaluate",
                "--model",
                model.toString(),
                "--manifest",
                manifest.toString(),
                "--out",
                folder.resolve("out").toString(),
                "--json"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private void assertRefused(int code, String... words) {
        assertEquals(CliApplication.BAD_INPUT, code, this::said);
        String sentence = said().lines()
                .filter(l -> l.startsWith("dinobench: "))
                .findFirst()
                .orElse("");
        for (String word : words) {
            assertTrue(sentence.contains(word), said());
        }
        assertFalse(said().contains("\tat "), said());
    }

    @Test
    void segmentationIsMeasuredAgainstMasks() throws IOException {
        rows.replaceAll(row -> row.replace(",warm,", ",,").replace(",cold,", ",,"));
        int code = evaluate(
                "--task", "segmentation", "--masks", folder.resolve("masks").toString());
        assertEquals(0, code, this::said);
        assertTrue(printed().path("mean_iou").asDouble() > 0.5, printed().toString());
        ObjectNode report = Json.readObject(folder.resolve("out/report.json"));
        assertEquals(2, report.at("/segmentation/classes").size());
        assertEquals(2, report.path("segmentation_baselines").size());
        String html = Files.readString(folder.resolve("out/report.html"));
        assertTrue(html.contains("<h2>Segmentation</h2>") && html.contains("data:image/png"));
        assertTrue(Files.isRegularFile(folder.resolve("out/figures/segment-01-found.png")));
        assertTrue(Files.readAllLines(folder.resolve("out/segmentation.csv"))
                .get(0)
                .startsWith("path,pixel_accuracy,iou 0,iou 255,dice 0"));
    }

    @Test
    void masksThatDoNotFitAreRefused() throws IOException {
        String masks = folder.resolve("masks").toString();
        assertRefused(evaluate("--task", "segmentation"), "no masks are given", "--masks");
        assertRefused(evaluate("--task", "segmentation", "--masks", masks + "x"), "no such folder of masks");
        Files.delete(mask(3));
        assertRefused(
                evaluate("--task", "segmentation", "--masks", masks), "1 of 24 images have no mask", "images/i3.png");
        ImageWriter.writePng(new RgbImage(16, SIDE, new byte[3 * 16 * SIDE]), mask(3));
        assertRefused(
                evaluate("--task", "segmentation", "--masks", masks), "i3.png", "16 x 32 pixels and its image 32 x 32");
        Files.write(mask(3), ImageWriter.jpeg(new RgbImage(SIDE, SIDE, new byte[3 * SIDE * SIDE]), 90));
        assertRefused(evaluate("--task", "segmentation", "--masks", masks), "i3.png", "JPEG", "save masks as PNG");
        Files.writeString(mask(3), "no picture");
        assertRefused(evaluate("--task", "segmentation", "--masks", masks), "i3.png");
        for (int i = 0; i < 24; i++) {
            ImageWriter.writePng(new RgbImage(SIDE, SIDE, new byte[3 * SIDE * SIDE]), mask(i));
        }
        assertRefused(evaluate("--task", "segmentation", "--masks", masks), "the one class \"0\"", "two classes");
        assertRefused(
                evaluate("--task", "segmentation", "--masks", masks, "--ignore", "0"),
                "all pixels of the masks are ignored");
        assertRefused(
                evaluate("--task", "segmentation", "--masks", masks, "--ignore", "red"), "\"red\" is no pixel value");
        byte[] noise = new byte[3 * SIDE * SIDE];
        new Random(1).nextBytes(noise);
        ImageWriter.writePng(new RgbImage(SIDE, SIDE, noise), mask(3));
        assertRefused(evaluate("--task", "segmentation", "--masks", masks), "more than 64 different colours");
    }

    @Test
    void setsThatCannotBeMeasuredAreRefused() throws IOException {
        assertRefused(evaluate("--task", "nearest"), "no task \"nearest\"", "knn, linear");
        assertRefused(evaluate("--k", "0"), "knn.k");
        assertRefused(evaluate("--size", "33"), "33 is no multiple of the model's patch of 8");
        List<String> all = List.copyOf(rows);
        rows.replaceAll(row -> row.replace(",cold,", ",warm,"));
        assertRefused(evaluate("--task", "knn"), "the one class \"warm\"");
        rows.clear();
        rows.addAll(List.of(all.get(0), all.get(1), all.get(2)));
        assertRefused(evaluate("--task", "knn"), "the class \"cold\" has a single image");
        assertRefused(evaluate("--folds", "2"), "the class \"cold\" has a single image");
        assertRefused(
                evaluate("--task", "knn", "--leave-out-rare"), "fewer than two classes have 2 independent images");
        rows.set(2, all.get(2) + "train");
        rows.set(1, all.get(1) + "train");
        assertRefused(evaluate("--task", "knn", "--trust-groups"), "has a single image");
        rows.clear();
        rows.add(all.get(0));
        all.subList(1, all.size()).forEach(row -> rows.add(row + "train"));
        assertRefused(evaluate("--task", "knn", "--trust-groups"), "marks 24 images train and 0 test");
        rows.set(3, "images/nowhere.png,warm,");
        assertRefused(evaluate("--task", "knn"), "nowhere.png does not exist");
        Files.writeString(image(4), "no picture");
        rows.clear();
        rows.addAll(all);
        assertRefused(evaluate("--task", "knn"), "i4.png");
        Files.writeString(model, "no model");
        assertRefused(evaluate("--task", "knn"), "model.safetensors");
    }

    @Test
    void aCopyAcrossAGivenSplitIsRefusedOrMarked() throws IOException {
        rows.clear();
        rows.add("path,label,split");
        for (int i = 0; i < 24; i++) {
            rows.add("images/p" + i + ".png," + (i % 2 == 0 ? "a" : "b") + "," + (i < 12 ? "train" : "test"));
            ImageWriter.writePng(scene(i), folder.resolve("images/p" + i + ".png"));
        }
        assertEquals(0, evaluate("--task", "knn"), this::said);
        RgbImage original = scene(3);
        byte[] mirrored = new byte[original.rgb().length];
        for (int p = 0; p < original.width() * original.height(); p++) {
            int x = original.width() - 1 - p % original.width();
            int from = p / original.width() * original.width() + x;
            System.arraycopy(original.rgb(), 3 * from, mirrored, 3 * p, 3);
        }
        Files.write(
                folder.resolve("images/p20.png"),
                ImageWriter.png(new RgbImage(original.width(), original.height(), mirrored)));
        assertRefused(evaluate("--task", "knn"), "images/p20.png and images/p3.png: near-duplicate");
        assertEquals(0, evaluate("--task", "knn", "--mark-leaks"), this::said);
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("notice bad"));
        assertEquals(0, evaluate("--task", "knn", "--trust-groups"), this::said);
        assertEquals(0, evaluate("--task", "knn", "--grouped"), this::said);
        assertEquals(
                1,
                Json.readObject(folder.resolve("out/report.json"))
                        .at("/near_duplicates/pairs")
                        .asInt());
    }

    /** Discs and rectangles with enough corners to be known again. */
    private static RgbImage scene(int number) {
        int side = 128;
        Random random = new Random(1000L + number);
        byte[] rgb = new byte[3 * side * side];
        for (int shape = 0; shape < 40; shape++) {
            int x0 = random.nextInt(side);
            int y0 = random.nextInt(side);
            int w = 6 + random.nextInt(26);
            int h = 6 + random.nextInt(26);
            byte[] colour = new byte[3];
            random.nextBytes(colour);
            for (int y = y0; y < Math.min(side, y0 + h); y++) {
                for (int x = x0; x < Math.min(side, x0 + w); x++) {
                    System.arraycopy(colour, 0, rgb, 3 * (y * side + x), 3);
                }
            }
        }
        return new RgbImage(side, side, rgb);
    }

    @Test
    void modelsAreComparedSideBySide() throws IOException {
        int code = evaluate("--model", "again=" + model, "--folds", "3");
        assertEquals(0, code, this::said);
        assertEquals(4, printed().path("rows").size(), "pixels, untrained, and the model under two names");
        ObjectNode report = Json.readObject(folder.resolve("out/comparison.json"));
        assertEquals(24, report.path("measured").asInt(), "with folds every image is tested once");
        assertEquals(6, report.path("differences").size());
        ObjectNode same = (ObjectNode) report.path("differences").get(5);
        assertEquals("again", same.path("name").asText());
        assertEquals(0, same.at("/knn_accuracy/value").asDouble(), 1e-12);
        assertEquals(0, same.at("/knn_accuracy/high").asDouble(), 1e-12, "the same model differs in no resample");
        String markdown = Files.readString(folder.resolve("out/comparison.md"));
        assertTrue(markdown.contains("| raw pixels 16 × 16 | "), markdown);
        assertTrue(Files.readString(folder.resolve("out/comparison.html")).contains("<svg"));
        assertEquals(
                25, Files.readAllLines(folder.resolve("out/predictions.csv")).size());
        assertEquals(
                "Features of models: CLS + mean patch. Nearest neighbours: Centred features, cosine similarity, k 10.",
                report.path("method").asText());
        assertRefused(evaluate("--model", model.toString()), "named twice");
    }

    @Test
    void imagesCanBeSeenInAllTurnsAndTheirFeaturesWhitened() throws IOException {
        assertEquals(0, evaluate("--folds", "2", "--views", "8", "--whiten", "--size", "32"), this::said);
        String method = Json.readObject(folder.resolve("out/comparison.json"))
                .path("method")
                .asText();
        assertEquals(
                "Features of models: CLS + mean patch, mean of eight turned and mirrored views, of 32 pixels."
                        + " Nearest neighbours: Whitened features, cosine similarity, k 10.",
                method);
        assertEquals(0, evaluate("--views", "8", "--whiten", "--task", "knn"), this::said);
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("Whitened features"));
        assertRefused(evaluate("--views", "3"), "give 1 or 8");
    }

    @Test
    void featuresAreWrittenForOtherTools() throws IOException {
        String target = folder.resolve("features").toString();
        String images = folder.resolve("images").toString();
        assertEquals(
                0,
                run("embed", "--model", model.toString(), "--images", images, "--out", target, "--patches", "--json"),
                this::said);
        assertEquals(24, printed().path("rows").asInt());
        assertEquals(128, printed().path("dimensions").asInt());
        for (String file : List.of("features.npy", "features.parquet", "patches.npy", "images.csv", "embed.json")) {
            assertTrue(Files.isRegularFile(Path.of(target, file)), file);
        }
        assertRefused(
                run("embed", "--model", model.toString(), "--images", images, "--out", target),
                "another model, other images or other settings");
        assertRefused(
                run("embed", "--model", model.toString(), "--images", images + "x", "--out", target),
                "there is no such folder");
        Files.createDirectories(folder.resolve("empty"));
        assertRefused(
                run("embed", "--model", model.toString(), "--images", folder + "/empty", "--out", target),
                "there is no image in it");
        assertRefused(
                run("embed", "--model", model.toString(), "--images", images, "--out", target + "2", "--size", "33"),
                "no multiple of the model's patch");
    }

    @Test
    void attentionIsDrawnForEveryHeadAndAnyPatch() {
        String target = folder.resolve("pictures/a.png").toString();
        String[] start = {"attention", "--model", model.toString(), "--image", image(0).toString(), "--out", target};
        assertEquals(0, run(with(start, "--every-head", "--layer", "2", "--at", "31,0", "--json")), this::said);
        assertEquals(2, printed().path("pictures").size());
        assertTrue(Files.isRegularFile(folder.resolve("pictures/a-head-02.png")));
        assertEquals(0, run(with(start, "--every-layer", "--size", "64", "--json")), this::said);
        assertEquals(6, printed().path("pictures").size());
        assertEquals(8, printed().path("rows").asInt());
        assertRefused(run(with(start, "--at", "32,0")), "no pixel of an image of 32 x 32");
        assertRefused(run(with(start, "--layer", "7")), "the model has 1 to 6");
    }

    @Test
    void componentsHaveAForegroundThreshold() {
        String[] start = {
            "pca",
            "--model",
            model.toString(),
            "--out",
            folder.resolve("pca").toString(),
            "--json",
            "--images",
            image(0).toString(),
            image(1).toString()
        };
        assertEquals(0, run(start), this::said);
        assertEquals(1, printed().path("foreground_share").asDouble());
        assertEquals(0, run(with(start, "--threshold", "0.5")), this::said);
        assertTrue(printed().path("foreground_share").asDouble() < 1);
        assertRefused(run(with(start, "--threshold", "1.5")), "it is no share");
    }

    private static String[] with(String[] start, String... more) {
        List<String> all = new ArrayList<>(List.of(start));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
