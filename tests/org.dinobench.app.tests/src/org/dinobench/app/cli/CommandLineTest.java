package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.dinobench.core.io.Json;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person at a terminal meets: exit codes, sentences, and the whole way on a few drawn pictures. */
class CommandLineTest {
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

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path workspace() {
        return folder.resolve("workspace");
    }

    private int importing(Path images) {
        return run(
                "import",
                "--images",
                images.toString(),
                "--dataset",
                "d",
                "--workspace",
                workspace().toString(),
                "--json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quickstart",
                "import",
                "catalog",
                "curate",
                "train",
                "distill",
                "evaluate",
                "embed",
                "export",
                "attention",
                "pca",
                "bench",
                "runs",
                "control"
            })
    void everyCommandHasHelp(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(printed().contains("Usage: dinobench " + command), printed());
    }

    @Test
    void anUnknownCommandIsBadInput() {
        assertEquals(CliApplication.BAD_INPUT, run("quickstrat"));
        assertTrue(said().contains("quickst"), said());
    }

    @Test
    void aMissingFolderIsNamedAndNothingIsLeft() {
        Path missing = folder.resolve("not there");
        assertEquals(CliApplication.BAD_INPUT, importing(missing));
        assertTrue(said().contains(missing.toString()), said());
        assertFalse(Files.exists(workspace()));
    }

    @Test
    void anEmptyFolderIsBadInput() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertEquals(CliApplication.BAD_INPUT, importing(empty));
        assertTrue(said().contains(empty.toString()), said());
    }

    @Test
    void brokenFilesAreCountedAndGoodOnesTaken() throws IOException {
        Path images = folder.resolve("bilder mit Ümläuten 피부");
        DrawnPictures.draw(images, "a", 3);
        broken(images);
        Files.createSymbolicLink(images.resolve("loop"), images);
        assertEquals(0, importing(images), this::said);
        ObjectNode result = Json.parseObject("output", printed());
        assertEquals(7, result.path("found").asInt());
        assertEquals(4, result.path("broken").asInt());
    }

    @Test
    void nothingButBrokenFilesIsBadInput() throws IOException {
        Path images = folder.resolve("broken");
        Files.createDirectories(images);
        broken(images);
        assertEquals(CliApplication.BAD_INPUT, importing(images));
        assertTrue(said().startsWith("dinobench: ") || said().contains("\ndinobench: "), said());
    }

    /** A truncated JPEG, an empty PNG, a text named .jpg, and a PNG whose header announces 30,000 × 30,000 pixels. */
    private static void broken(Path images) throws IOException {
        byte[] noise = new byte[3 * 64 * 64];
        new Random(1).nextBytes(noise);
        byte[] jpeg = ImageWriter.jpeg(new RgbImage(64, 64, noise), 90);
        Files.write(images.resolve("truncated.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
        Files.write(images.resolve("empty.png"), new byte[0]);
        Files.writeString(images.resolve("text.jpg"), "no picture at all");
        Files.write(images.resolve("bomb.png"), bomb());
    }

    private static byte[] bomb() {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(30_000)
                .putInt(30_000)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 crc = new CRC32();
        crc.update(header);
        return ByteBuffer.allocate(8 + 4 + 17 + 4)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
                .putInt(13)
                .put(header)
                .putInt((int) crc.getValue())
                .array();
    }

    @Test
    void aNewerWorkspaceIsLeftAlone() throws IOException {
        Files.createDirectories(workspace());
        Path marker = workspace().resolve("dinobench-workspace.json");
        Files.writeString(marker, "{\"format\": 99}");
        assertEquals(
                CliApplication.BAD_INPUT, run("runs", "--workspace", workspace().toString()));
        assertTrue(said().contains("newer"), said());
        assertEquals("{\"format\": 99}", Files.readString(marker));
    }

    @Test
    void anUnknownKeyIsNamedWithLineAndNeighbour() throws IOException {
        Path images = folder.resolve("images");
        DrawnPictures.draw(images, "a", 4);
        assertEquals(0, importing(images), this::said);
        Path spec = folder.resolve("spec.yaml");
        Files.writeString(spec, "preset: quick\noptim:\n  lrr: 0.1\n");
        assertEquals(
                CliApplication.BAD_INPUT,
                run(
                        "train",
                        "--spec",
                        spec.toString(),
                        "--dataset",
                        "d",
                        "--out",
                        "r",
                        "--workspace",
                        workspace().toString()));
        assertTrue(said().contains("spec.yaml:3"), said());
        assertTrue(said().contains("lr"), said());
        assertFalse(Files.exists(workspace().resolve("runs/r")));
    }

    @Test
    void quickstartGoesTheWholeWay() throws IOException {
        Path images = folder.resolve("drawn");
        DrawnPictures.draw(images, "warm", 40);
        DrawnPictures.draw(images, "bluish", 40);
        Files.copy(images.resolve("warm/picture 0.png"), images.resolve("bluish/same as warm 0.png"));
        int code = run(
                "quickstart",
                "--images",
                images.toString(),
                "--workspace",
                workspace().toString(),
                "--minutes",
                "0.1",
                "--no-ui",
                "--json");
        assertEquals(0, code, this::said);
        ObjectNode result = Json.parseObject("output", printed().strip());
        assertEquals(81, result.path("images").asInt());
        assertEquals(1, result.path("identical_pairs").asInt());
        assertEquals(1, result.path("identical_pairs_with_different_labels").size());
        assertEquals(3, result.path("knn").size());
        assertTrue(result.path("training").path("steps").asInt() > 0);
        assertTrue(result.path("export").path("passed").asBoolean());
        assertTrue(Files.size(Path.of(result.path("report").asText())) > 10_000);
        assertTrue(
                Files.isRegularFile(Path.of(result.path("export").path("target").asText(), "model.safetensors")));
    }

    @Test
    void quickstartWorksWithoutLabels() throws IOException {
        Path images = folder.resolve("unlabelled");
        DrawnPictures.draw(images, ".", 70);
        int code = run(
                "quickstart",
                "--images",
                images.toString(),
                "--workspace",
                workspace().toString(),
                "--minutes",
                "0.05",
                "--no-ui");
        assertEquals(0, code, this::said);
        assertTrue(printed().contains("no labels"), printed());
    }
}
