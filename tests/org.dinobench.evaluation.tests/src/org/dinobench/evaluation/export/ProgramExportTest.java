package org.dinobench.evaluation.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.evaluation.internal.onnx.OnnxNetwork;
import org.dinobench.model.TorchScriptFile;
import org.dinobench.model.VitConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of both formats that carry a program: TorchScript and ONNX. */
class ProgramExportTest {
    @TempDir
    Path folder;

    static Stream<Arguments> everyKind() {
        return Stream.of("torchscript", "onnx")
                .flatMap(format -> Stream.of("plain", "exact", "swiglu", "registers", "all", "nobias")
                        .map(kind -> Arguments.of(format, kind)));
    }

    static Stream<String> formats() {
        return Stream.of("torchscript", "onnx");
    }

    static Exporter exporter(String format) {
        return format.equals("onnx") ? new OnnxExporter() : new TorchScriptExporter();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void whatIsWrittenIsTheModelAtItsSizeAndOthers(String format, String kind) throws IOException {
        try (SmallNetwork small = new SmallNetwork(Exports.config(kind), 1)) {
            for (int size : new int[] {16, 28}) {
                ExportResult result = exporter(format)
                        .export(
                                Exports.request(
                                        small,
                                        size,
                                        folder.resolve("model." + format),
                                        new ExportOptions(size == 28, false),
                                        Exports.images(folder)),
                                JobMonitor.NONE);
                assertTrue(result.check().passed(), result.check().sentence());
                assertTrue(result.check().realImages());
                assertEquals(size == 28 ? 2 : 4, result.check().images(), "and one of another shape");
                assertTrue(result.notes().get(0).contains("square or not"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "torchscript,S",
        "torchscript,B",
        "torchscript,L",
        "torchscript,g",
        "onnx,S",
        "onnx,B",
        "onnx,L",
        "onnx,g"
    })
    void theReleasedWidthsWithOneBlock(String format, String letter) throws IOException {
        int registers = "Bg".contains(letter) ? 4 : 0;
        VitConfig config = Exports.released(letter, 1)
                .withRegisters(registers)
                .withInterpolation(registers > 0 ? 0 : 0.1, registers > 0);
        try (SmallNetwork network = new SmallNetwork(config, 1)) {
            Path file = folder.resolve("model." + format);
            ExportResult result = exporter(format)
                    .export(
                            Exports.request(network, 56, file, ExportOptions.USUAL, Exports.images(folder)),
                            JobMonitor.NONE);
            assertTrue(result.check().passed(), result.check().sentence());
        }
    }

    @Test
    void anotherInterpolationWouldBeSeen() throws IOException {
        try (SmallNetwork small = new SmallNetwork(Exports.config("plain"), 1);
                SmallNetwork other = new SmallNetwork(Exports.config("exact"), 1)) {
            Path file = folder.resolve("m.onnx");
            ExportRequest request = Exports.request(small, 28, file, ExportOptions.USUAL, Exports.images(folder));
            new OnnxExporter().export(request, JobMonitor.NONE);
            ExportResult.Check check = ExportCheck.ofProgram(request)
                    .run("the same weights", images -> ExportCheck.features(other.network(), images));
            assertFalse(check.passed(), "the offset of 0.1 makes a difference of " + check.largestDifference());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void oneSizeOnlyWhereThatIsAskedFor(String format) throws IOException {
        try (SmallNetwork small = new SmallNetwork(Exports.config("registers"), 1)) {
            Path file = folder.resolve("model." + format);
            ExportOptions fixed = new ExportOptions(true, true);
            ExportResult result = exporter(format)
                    .export(Exports.request(small, 20, file, fixed, Exports.images(folder)), JobMonitor.NONE);
            assertTrue(result.check().passed(), result.check().sentence());
            assertTrue(result.notes().get(0).contains("20 x 20"));
            assertEquals(List.of(file), result.files());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void nothingIsLeftOfAnExportThatWasStopped(String format) throws IOException {
        Path file = folder.resolve("out/model." + format);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "an earlier one");
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
        try (SmallNetwork small = new SmallNetwork(Exports.config("plain"), 1)) {
            ExportRequest request = Exports.request(small, 16, file, ExportOptions.USUAL, List.of());
            assertThrows(StoppedException.class, () -> exporter(format).export(request, stopped));
        }
        assertEquals("an earlier one", Files.readString(file));
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertEquals(1, left.count());
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void targetsThatCannotBeWrittenAreNamed(String format) throws IOException {
        Files.writeString(folder.resolve("file"), "");
        try (SmallNetwork small = new SmallNetwork(Exports.config("plain"), 1)) {
            for (Path target : List.of(folder, folder.resolve("file/model"), Path.of("/proc/none/model"))) {
                ExportRequest request = Exports.request(small, 16, target, ExportOptions.USUAL, List.of());
                BadInputException refused = assertThrows(
                        BadInputException.class, () -> exporter(format).export(request, JobMonitor.NONE));
                assertTrue(refused.getMessage().matches(".*(folder|written).*"), refused.getMessage());
            }
        }
    }

    @Test
    void largeModelsKeepTheirWeightsBeside() throws IOException {
        try (SmallNetwork small = new SmallNetwork(Exports.config("all"), 1)) {
            Path file = folder.resolve("model.onnx");
            ExportResult result = new OnnxExporter(1000)
                    .export(
                            Exports.request(small, 16, file, ExportOptions.USUAL, Exports.images(folder)),
                            JobMonitor.NONE);
            assertTrue(result.check().passed(), result.check().sentence());
            assertEquals(List.of(folder.resolve("model.onnx.data"), file), result.files());
            assertTrue(Files.size(file) < Files.size(result.files().get(0)));
            Files.delete(result.files().get(0));
            assertThrows(BadInputException.class, () -> new OnnxNetwork(file).close(), "weights are missing");
        }
    }

    @Test
    void theFilesSayWhatTheyAre() throws IOException {
        try (SmallNetwork small = new SmallNetwork(Exports.config("plain"), 1)) {
            Path onnx = folder.resolve("m.onnx");
            new OnnxExporter()
                    .export(Exports.request(small, 28, onnx, ExportOptions.USUAL, List.of()), JobMonitor.NONE);
            try (OnnxNetwork network = new OnnxNetwork(onnx)) {
                assertEquals("cc-by-4.0", network.metadata().get("licence"));
                assertEquals("{\"run\":\"first\"}", network.metadata().get("provenance"));
                assertTrue(network.metadata().get("config").contains("\"patch_size\":4"));
            }
            Path script = folder.resolve("m.pt");
            ExportResult result = new TorchScriptExporter()
                    .export(Exports.request(small, 28, script, ExportOptions.USUAL, List.of()), JobMonitor.NONE);
            assertTrue(TorchScriptFile.is(script));
            assertEquals(28, TorchScriptFile.imageSide(script).orElseThrow());
            assertFalse(result.check().realImages(), "without images it says so");
            assertTrue(result.check().sentence().contains("random pixels"));
        }
    }
}
