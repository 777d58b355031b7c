package org.dinobench.evaluation.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.PythonPeer;
import org.dinobench.evaluation.SmallNetwork;
import org.dinobench.imaging.ImageWriter;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.model.Ffn;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HfExporterTest {
    private static final String LOAD = """
        import sys, json, torch, transformers
        from safetensors.torch import load_file, save_file
        root = sys.argv[1]
        images = load_file(root + '/in.safetensors')
        for name in sys.argv[2:]:
            folder = root + '/' + name
            config = json.load(open(folder + '/hf/config.json'))
            kind = getattr(transformers, config['architectures'][0])
            model, info = kind.from_pretrained(folder + '/hf', output_loading_info=True)
            assert kind.__name__.startswith('Dinov2'), kind
            assert not info['missing_keys'] and not info['unexpected_keys'], info
            model.eval()
            with torch.no_grad():
                out = {n: model(pixel_values=v).last_hidden_state.contiguous() for n, v in images.items()}
            save_file(out, folder + '/out.safetensors')
        """;
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
    private static final String SAVE = """
        import sys, torch, transformers
        from safetensors.torch import load_file, save_file
        root = sys.argv[1]
        images = load_file(root + '/in.safetensors')
        for name in sys.argv[2:]:
            registers, ffn = name.split('-')
            torch.manual_seed(3)
            kind = 'Dinov2WithRegisters' if int(registers) else 'Dinov2'
            extra = {'num_register_tokens': int(registers)} if int(registers) else {}
            config = getattr(transformers, kind + 'Config')(hidden_size=24, num_hidden_layers=3,
                num_attention_heads=3, patch_size=4, image_size=16, mlp_ratio=4,
                use_swiglu_ffn=ffn == 'SWIGLU', **extra)
            model = getattr(transformers, kind + 'Model')(config).eval()
            with torch.no_grad():
                for p in model.parameters():
                    p.add_(0.1 * torch.randn_like(p))
                model.save_pretrained(root + '/' + name + '/made')
                out = {n: model(pixel_values=v).last_hidden_state.contiguous() for n, v in images.items()}
            save_file(out, root + '/' + name + '/out.safetensors')
        """;
    private static final List<String> KINDS = List.of("0-MLP", "0-SWIGLU", "4-MLP", "4-SWIGLU");

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
    void transformersLoadsItWithTheSameFeatures() throws Exception {
        PythonPeer peer = PythonPeer.find("torch, transformers, safetensors");
        writeInputs();
        for (String kind : KINDS) {
            try (SmallNetwork small = network(kind)) {
                new HfExporter().export(request(small.network(), 16, List.of(), folder.resolve(kind)), JobMonitor.NONE);
            }
        }
        peer.run(folder, LOAD, arguments());
        for (String kind : KINDS) {
            try (SmallNetwork small = network(kind)) {
                assertSameTokens(small.network(), kind);
            }
        }
    }

    @Test
    void modelsMadeThereOpenHere() throws Exception {
        PythonPeer peer = PythonPeer.find("torch, transformers, safetensors");
        writeInputs();
        peer.run(folder, SAVE, arguments());
        for (String kind : KINDS) {
            try (LoadedModel opened = ModelFiles.open(folder.resolve(kind).resolve("made"))) {
                assertSameTokens(opened.network(), kind);
            }
        }
    }

    @Test
    void theirImageProcessorPreparesImagesAsWeDo() throws Exception {
        PythonPeer peer = PythonPeer.find("torch, torchvision, transformers, safetensors, PIL");
        picture("a");
        try (SmallNetwork small = network("0-MLP")) {
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

    private static SmallNetwork network(String kind) {
        int registers = kind.charAt(0) - '0';
        VitConfig config = SmallNetwork.config(registers, Ffn.valueOf(kind.substring(2)));
        return new SmallNetwork(config.withInterpolation(0, registers > 0), 1);
    }

    private String[] arguments() {
        List<String> arguments = new ArrayList<>(List.of(folder.toString()));
        arguments.addAll(KINDS);
        return arguments.toArray(String[]::new);
    }

    /** The stored size, a larger one and one that is not square. */
    private void writeInputs() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Safetensors.write(
                    folder.resolve("in.safetensors"),
                    Map.of("a", noise(16, 16), "b", noise(24, 24), "c", noise(12, 28)),
                    Map.of());
        }
    }

    private void assertSameTokens(VisionTransformer network, String kind) throws IOException {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad();
                TensorFile in = Safetensors.open(folder.resolve("in.safetensors"));
                TensorFile out = Safetensors.open(folder.resolve(kind).resolve("out.safetensors"))) {
            for (String name : List.of("a", "b", "c")) {
                VitOutput ours = network.forward(in.read(name));
                float[] theirs = Tensors.floats(out.read(name));
                float[] cls = Tensors.floats(ours.classToken());
                float[] patches = Tensors.floats(ours.patchTokens());
                int width = network.config().width();
                int tokens = theirs.length / 2 / width;
                int patchCount = patches.length / 2 / width;
                assertEquals(tokens, patchCount + 1 + network.config().registers());
                for (int b = 0; b < 2; b++) {
                    for (int c = 0; c < width; c++) {
                        assertEquals(theirs[b * tokens * width + c], cls[b * width + c], 1e-4, name);
                    }
                    int skip = (1 + network.config().registers()) * width;
                    for (int i = 0; i < patchCount * width; i++) {
                        assertEquals(
                                theirs[b * tokens * width + skip + i], patches[b * patchCount * width + i], 1e-4, name);
                    }
                }
            }
        }
    }

    private static Tensor noise(int height, int width) {
        Random random = new Random(height);
        float[] values = new float[2 * 3 * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.of(values, 2, 3, height, width);
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
