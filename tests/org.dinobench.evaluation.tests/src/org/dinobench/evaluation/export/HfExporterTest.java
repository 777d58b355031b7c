package org.dinobench.evaluation.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.PythonPeer;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.model.Ffn;
import org.dinobench.model.VisionTransformer;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HfExporterTest {
    private static final String PROCESS = """
        import sys, numpy
        from PIL import Image
        from safetensors.numpy import save_file
        from transformers import AutoImageProcessor
        folder = sys.argv[1]
        processor = AutoImageProcessor.from_pretrained(folder + '/hf')
        pixels = processor(images=Image.open(folder + '/a.png'), return_tensors='np')['pixel_values']
        save_file({'pixels': numpy.ascontiguousarray(pixels, dtype=numpy.float32)}, folder + '/out.safetensors')
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0,MLP", "0,SWIGLU", "4,MLP", "4,SWIGLU"})
    void whatIsWrittenIsTheModel(int registers, Ffn ffn) throws IOException {
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(registers, ffn), 1)) {
            ExportResult result = export(small.network(), 16, List.of(picture("a"), picture("b")));
            assertTrue(result.check().passed(), result.check().sentence());
            assertEquals(2, result.check().images());
            assertTrue(result.check().realImages());
            assertTrue(result.check().sentence().startsWith("Opened again by Dinobench"));
            String card = Files.readString(folder.resolve("hf/README.md"));
            assertTrue(card.contains("license: \"cc-by-4.0\"") && card.contains("| Accuracy | 55.3 % |"), card);
        }
    }

    @Test
    void otherSizesThanTheStoredOneStayExactByResampling() throws IOException {
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 1)) {
            ExportResult result = export(small.network(), 24, List.of(picture("a")));
            assertTrue(result.check().passed(), result.check().sentence());
            assertTrue(
                    result.notes().get(0).contains("resampled from 16 to 24"),
                    result.notes().toString());
        }
    }

    @Test
    void foldersOfOthersAreNotTouched() throws IOException {
        Files.createDirectories(folder.resolve("hf"));
        Files.writeString(folder.resolve("hf/thesis.tex"), "years of work");
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 1)) {
            BadInputException problem =
                    assertThrows(BadInputException.class, () -> export(small.network(), 16, List.of()));
            assertTrue(problem.getMessage().contains("thesis.tex"), problem.getMessage());
            Files.delete(folder.resolve("hf/thesis.tex"));
            assertFalse(export(small.network(), 16, List.of()).check().realImages());
            assertTrue(export(small.network(), 16, List.of()).check().passed(), "an earlier export is replaced");
        }
    }

    @Test
    void aChangedWeightFailsTheCheck() throws IOException {
        try (SmallNetwork small = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 1)) {
            ExportRequest request = request(small.network(), 16, List.of());
            new HfExporter().export(request, JobMonitor.NONE);
            try (SmallNetwork other = new SmallNetwork(SmallNetwork.config(0, Ffn.MLP), 2)) {
                ExportResult.Check check = ExportCheck.ofWeights(request)
                        .run("another model", images -> ExportCheck.features(other.network(), images));
                assertFalse(check.passed());
                assertTrue(check.sentence().contains("NOT EQUAL"));
            }
        }
    }

    @Test
    void theirImageProcessorPreparesImagesAsWeDo() throws Exception {
        PythonPeer peer = PythonPeer.find("torch, torchvision, transformers, safetensors, PIL");
        picture("a");
        try (SmallNetwork small = new SmallNetwork(Exports.config("exact"), 1)) {
            ExportRequest request = request(small.network(), 16, List.of(folder.resolve("a.png")));
            new HfExporter().export(request, JobMonitor.NONE);
            peer.run(folder, PROCESS, folder.toString());
            CheckImages ours = CheckImages.of(request);
            try (TensorScope scope = TensorScope.open();
                    TensorFile out = Safetensors.open(folder.resolve("out.safetensors"))) {
                float[] theirs = Tensors.floats(out.read("pixels"));
                double difference = 0;
                for (int i = 0; i < theirs.length; i++) {
                    difference += Math.abs(theirs[i] - ours.pixels().get(i)) / theirs.length;
                }
                assertEquals(ours.pixels().capacity(), theirs.length);
                assertTrue(difference < 0.02, "mean difference " + difference);
            }
        }
    }

    private ExportResult export(VisionTransformer network, int size, List<Path> images) throws IOException {
        return new HfExporter().export(request(network, size, images), JobMonitor.NONE);
    }

    private ExportRequest request(VisionTransformer network, int size, List<Path> images) {
        return request(network, size, images, folder);
    }

    private static ExportRequest request(VisionTransformer network, int size, List<Path> images, Path parent) {
        ModelCard card =
                new ModelCard("small", "cc-by-4.0", "", Map.of(), Map.of("Accuracy", "55.3 %"), Map.of(), "seed: 0");
        EvalTransform transform = new EvalTransform(size + 4, size, Normalization.IMAGENET);
        return new ExportRequest(network, transform, parent.resolve("hf"), card, images);
    }

    private Path picture(String name) throws IOException {
        byte[] rgb = new byte[3 * 40 * 30];
        new Random(name.hashCode()).nextBytes(rgb);
        Path file = folder.resolve(name + ".png");
        ImageWriter.writePng(new RgbImage(40, 30, rgb), file);
        return file;
    }
}
