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
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.io.Json;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code export} on the folder of a run that has ended. */
class ExportCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private ObjectNode json() {
        String text = out.toString(StandardCharsets.UTF_8).strip();
        return Json.parseObject("output", text.substring(text.lastIndexOf('\n') + 1));
    }

    @BeforeEach
    void makeRun() throws IOException {
        Path run = Files.createDirectories(folder.resolve("first"));
        Files.writeString(run.resolve("spec.yaml"), "student:\n  arch: vit_micro\n");
        Files.writeString(
                run.resolve("metrics.jsonl"),
                "{\"step\":7,\"time\":1.0,\"images\":448,\"knn_accuracy\":0.5,\"knn_balanced_accuracy\":0.25}\n");
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] rgb = new byte[3 * 30 * 40];
            new Random(i).nextBytes(rgb);
            ImageWriter.writePng(new RgbImage(40, 30, rgb), folder.resolve(i + ".png"));
            entries.add(ManifestEntry.of(i + ".png", "c" + i));
        }
        Path manifest = folder.resolve("manifest.csv");
        Manifest.write(manifest, entries);
        Provenance.begin(
                        "train",
                        List.of(Provenance.Input.of("manifest", manifest)),
                        "",
                        OptionalLong.of(5),
                        Map.of("libtorch", "2.7.1"))
                .ended()
                .write(run.resolve("provenance.json"));
        Files.createDirectories(run.resolve("teacher"));
        VitConfig config = VitConfig.preset("test", "vit_micro", 8, 32).withLayerScale(1);
        try (FlatParameters parameters =
                FlatParameters.create(VisionTransformer.layout(config)).likeTeacher()) {
            parameters.initialize(1);
            ModelFiles.write(
                    run.resolve("teacher/model.safetensors"),
                    new VisionTransformer(config, parameters.module("")),
                    Map.of("step", "7"));
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void theListNamesAllFormats() {
        assertEquals(0, run("export", "--list", "--json"), said());
        List<String> names = new ArrayList<>();
        json().path("formats").forEach(format -> names.add(format.path("format").asText()));
        assertEquals(List.of("hf", "onnx", "pth", "safetensors", "torchscript"), names);
    }

    @ParameterizedTest
    @CsvSource({
        "hf,a,model.safetensors",
        "safetensors,a,model.safetensors",
        "pth,a.pth,",
        "torchscript,a.pt,",
        "onnx,a.onnx,"
    })
    void everyFormatIsWrittenAndComparedOnTheRunsImages(String format, String name, String inside) {
        int exit = run("export", "--model", path("first"), "--format", format, "--out", path(name), "--json");
        assertEquals(0, exit, said());
        assertTrue(json().path("passed").asBoolean());
        assertTrue(json().path("real_images").asBoolean(), "the run knows its images");
        Path written =
                inside == null ? folder.resolve(name) : folder.resolve(name).resolve(inside);
        assertTrue(Files.isRegularFile(written));
    }

    @Test
    void theCardTellsDataMeasuresOriginAndSpec() throws IOException {
        int exit = run(
                "export",
                "--model",
                path("first"),
                "--format",
                "safetensors",
                "--out",
                path("card"),
                "--licence",
                "cc-by-4.0");
        assertEquals(0, exit, said());
        String card = Files.readString(folder.resolve("card/README.md"));
        for (String part : List.of(
                "license: \"cc-by-4.0\"",
                "# first",
                "| Images | 3 |",
                "accuracy 50.0 %, balanced 25.0 % (step 7)",
                "| seed | 5 |",
                "| images_seen | 448 |",
                "arch: vit_micro")) {
            assertTrue(card.contains(part), part + "\n" + card);
        }
        assertFalse(card.contains(folder.toString()), "no folders of this machine");
        assertEquals(0, run("export", "--model", path("card"), "--format", "hf", "--out", path("again")), said());
        String again = Files.readString(folder.resolve("again/README.md"));
        assertTrue(again.contains("license: \"cc-by-4.0\"") && again.contains("arch: vit_micro"), again);
    }

    @Test
    void programsOfOneSizeWithAttention() {
        int exit = run(
                "export",
                "--model",
                path("first"),
                "--format",
                "onnx",
                "--out",
                path("m.onnx"),
                "--size",
                "48",
                "--fixed-size",
                "--attention");
        assertEquals(0, exit, said());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("of 48 x 48 pixels"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--format coreml --out OUT/a;use one of: hf, onnx, pth, safetensors, torchscript",
                "--format onnx --out OUT;it is a folder",
                "--format onnx --out OUT/0.png/m.onnx;cannot be made",
                "--format hf --out OUT/0.png;it is a file",
                "--format hf --out OUT;holds other files",
                "--format hf --out OUT/x --attention;holds weights",
                "--format pth --out OUT/x.pth --fixed-size;holds weights",
                "--format onnx --out OUT/x.onnx --size 31;no multiple",
                "--format onnx --out OUT/x.onnx --size -8;above 0",
                "--format onnx --out OUT/x.onnx --images OUT/manifest.csv;manifest.csv",
                "--format onnx --out OUT/x.onnx --evaluation OUT;report.json"
            })
    void whatCannotBeDoneIsOneSentence(String options, String says) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("export", "--model", path("first")));
        arguments.addAll(List.of(options.replace("OUT", folder.toString()).split(" ")));
        List<Path> before = files();
        assertEquals(2, run(arguments.toArray(String[]::new)), said());
        assertTrue(said().contains(says), said());
        assertFalse(said().contains("\tat "), said());
        assertEquals(before, files(), "nothing is left behind");
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
