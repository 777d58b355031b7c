package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.FeatureModel.Kind;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.PthWriter;
import org.dinobench.torch.format.Safetensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    private static final VitConfig CONFIG =
            new VitConfig("tried", 64, 2, 1, 2, 4, 12, 0, Ffn.MLP, 0.5, true, 0.1, false, 0, true, 3);

    @TempDir
    Path folder;

    private FlatParameters parameters;
    private VisionTransformer network;

    @BeforeEach
    void make() {
        parameters = FlatParameters.create(VisionTransformer.layout(CONFIG));
        parameters.initialize(6);
        network = new VisionTransformer(CONFIG, parameters.module(""));
    }

    @AfterEach
    void free() {
        parameters.close();
    }

    private static FloatBuffer images(int batch, int height, int width) {
        Random random = new Random(8);
        FloatBuffer buffer = ByteBuffer.allocateDirect(4 * batch * 3 * height * width)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        while (buffer.hasRemaining()) {
            buffer.put((float) random.nextGaussian());
        }
        return buffer.flip();
    }

    private void assertSameNetwork(Path path, String shapeFrom) throws IOException {
        try (LoadedModel model = ModelFiles.open(path)) {
            assertEquals(shapeFrom, model.facts().get("shape_from"));
            assertEquals(CONFIG.width(), model.config().width());
            assertFalse(model.parameters().trained());
            float[] expected =
                    new FeatureModel(network).features(images(2, 12, 12), 2, 12, 12, Kind.CLASS_TOKEN_AND_MEAN_PATCH);
            float[] got = model.features().features(images(2, 12, 12), 2, 12, 12, Kind.CLASS_TOKEN_AND_MEAN_PATCH);
            assertArrayEquals(expected, got);
        }
    }

    @Test
    void ownFilesInRunsAndAlone() throws IOException {
        Path teacher = Files.createDirectories(folder.resolve("run/teacher")).resolve("model.safetensors");
        ModelFiles.write(teacher, network, Map.of("step", "12"));
        assertSameNetwork(teacher, "its own metadata");
        assertSameNetwork(folder.resolve("run"), "its own metadata");
        assertSameNetwork(folder.resolve("run/teacher"), "its own metadata");
        try (LoadedModel model = ModelFiles.open(teacher)) {
            assertEquals(CONFIG, model.config());
            assertEquals("12", model.facts().get("step"));
        }
    }

    @Test
    void checkpointsOfOneProcess() throws IOException {
        Path run = folder.resolve("run");
        Path checkpoint = Files.createDirectories(run.resolve("checkpoints/step-5"));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (FlatParameters student = FlatParameters.create(VisionTransformer.layout(CONFIG))) {
            student.initialize(99);
            student.state().forEach((name, tensor) -> tensors.put("student.backbone." + name, tensor));
            parameters.state().forEach((name, tensor) -> tensors.put("average.backbone." + name, tensor));
            Safetensors.write(checkpoint.resolve("rank-0-of-1.safetensors"), tensors, Map.of());
        }
        assertThrows(BadInputException.class, () -> ModelFiles.open(checkpoint), "not complete without its index");
        long size = Files.size(checkpoint.resolve("rank-0-of-1.safetensors"));
        Files.writeString(
                checkpoint.resolve("index.json"),
                "{\"step\": 5, \"files\": {\"rank-0-of-1.safetensors\": " + size + "}}");
        assertSameNetwork(checkpoint, "the shapes of its tensors");
        Files.createDirectories(run.resolve("teacher"));
        ModelFiles.write(run.resolve("teacher/model.safetensors"), network, Map.of());
        assertSameNetwork(checkpoint, "the run's teacher file");
        try (LoadedModel model = ModelFiles.open(checkpoint)) {
            assertEquals("5", model.facts().get("step"));
        }
        Files.move(checkpoint.resolve("rank-0-of-1.safetensors"), checkpoint.resolve("rank-0-of-2.safetensors"));
        assertThrows(BadInputException.class, () -> ModelFiles.open(checkpoint));
    }

    @Test
    void transformersFolders() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open()) {
            parameters.state().forEach((name, tensor) -> {
                List<String> parts = CheckpointNames.toHf(name);
                long rows = tensor.size(0) / parts.size();
                for (int i = 0; i < parts.size(); i++) {
                    tensors.put(parts.get(i), parts.size() == 1 ? tensor : tensor.narrow(0, i * rows, rows));
                }
            });
            Safetensors.write(folder.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
        }
        Files.writeString(folder.resolve("config.json"), """
            {"model_type": "dinov2", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 1,
             "mlp_ratio": 2, "patch_size": 4, "image_size": 12, "layerscale_value": 1.0, "qkv_bias": true}
            """);
        assertSameNetwork(folder, "config.json");
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");
        BadInputException refused = assertThrows(BadInputException.class, () -> ModelFiles.open(folder));
        assertTrue(refused.getMessage().contains("bert"));
    }

    /** As the transformers library saves models that are larger than its limit for a file. */
    @Test
    void transformersFoldersOfSeveralFiles() throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        Map<String, String> places = writeInTwoFiles();
        Files.writeString(folder.resolve("config.json"), """
            {"model_type": "dinov2", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 1,
             "mlp_ratio": 2, "patch_size": 4, "image_size": 12, "layerscale_value": 1.0, "qkv_bias": true}
            """);
        Files.writeString(index, index(places));
        assertSameNetwork(folder, "config.json");
        assertEquals(CONFIG.width(), ModelFiles.shape(folder).width());

        Files.writeString(index, index(with(places, "layernorm.weight", "model-00001-of-00002.safetensors")));
        assertRefused(folder, "no layernorm.weight in model-00001-of-00002.safetensors");
        for (String elsewhere : List.of(
                "../model-00001-of-00002.safetensors",
                "/etc/passwd",
                "..",
                "",
                "a/b.safetensors",
                "model.bin",
                "model-00003-of-00002.safetensors")) {
            Files.writeString(index, index(with(places, "layernorm.weight", elsewhere)));
            assertRefused(folder, elsewhere.startsWith("model-") ? "is not there" : "no file beside it");
        }
        Files.writeString(index, "{\"weight_map\": {\"layernorm.weight\": 5}}");
        assertRefused(folder, "no file beside it");
        for (String damaged : List.of("{}", "{\"weight_map\": []}", "{\"weight_map\": {}}")) {
            Files.writeString(index, damaged);
            assertRefused(folder, "no weight_map");
        }
        Files.writeString(index, index(places).substring(0, 40));
        assertRefused(folder, "not valid JSON");
        Files.writeString(index, index(places));
        Path second = folder.resolve("model-00002-of-00002.safetensors");
        byte[] bytes = Files.readAllBytes(second);
        Files.write(second, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(folder, "model-00002-of-00002.safetensors");
    }

    private Map<String, String> writeInTwoFiles() throws IOException {
        Map<String, String> places = new LinkedHashMap<>();
        List<Map<String, Tensor>> files = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
        try (TensorScope scope = TensorScope.open()) {
            parameters.state().forEach((name, tensor) -> {
                List<String> parts = CheckpointNames.toHf(name);
                long rows = tensor.size(0) / parts.size();
                for (int i = 0; i < parts.size(); i++) {
                    int file = name.startsWith("blocks.1") || name.startsWith("norm") ? 1 : 0;
                    files.get(file).put(parts.get(i), parts.size() == 1 ? tensor : tensor.narrow(0, i * rows, rows));
                    places.put(parts.get(i), "model-0000" + (file + 1) + "-of-00002.safetensors");
                }
            });
            for (int file = 0; file < 2; file++) {
                Safetensors.write(
                        folder.resolve("model-0000" + (file + 1) + "-of-00002.safetensors"), files.get(file), Map.of());
            }
        }
        return places;
    }

    private static Map<String, String> with(Map<String, String> places, String tensor, String file) {
        Map<String, String> changed = new LinkedHashMap<>(places);
        assertTrue(changed.containsKey(tensor));
        changed.put(tensor, file);
        return changed;
    }

    private static String index(Map<String, String> places) {
        StringBuilder text = new StringBuilder("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {");
        places.forEach((tensor, file) -> text.append(text.toString().endsWith("{") ? "" : ", ")
                .append('"')
                .append(tensor)
                .append("\": \"")
                .append(file)
                .append('"'));
        return text.append("}}").toString();
    }

    @Test
    void pthFilesBareChunkedAndInTrainingDumps() throws IOException {
        Path path = folder.resolve("a.pth");
        PthWriter.write(path, parameters.state(), List.of());
        assertSameNetwork(path, "the shapes of its tensors");
        Map<String, Tensor> chunked = new LinkedHashMap<>();
        parameters
                .state()
                .forEach((name, tensor) -> chunked.put(name.replaceFirst("blocks\\.(\\d+)", "blocks.$1.$1"), tensor));
        PthWriter.write(path, chunked, List.of("teacher", "backbone"));
        assertSameNetwork(path, "the shapes of its tensors");
    }

    @Test
    void modelsWithoutLayerScaleGetFactorsOfOne() throws IOException {
        for (String name : List.of("blocks.0.ls1", "blocks.0.ls2", "blocks.1.ls1", "blocks.1.ls2")) {
            parameters.parameter(name + ".gamma").tensor().detach().fill_(new Scalar(1.0));
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.state());
        tensors.keySet().removeIf(name -> name.endsWith("gamma") || name.equals("mask_token"));
        Path path = folder.resolve("a.pth");
        PthWriter.write(path, tensors, List.of());
        assertSameNetwork(path, "the shapes of its tensors");
    }

    @Test
    void otherFilesAreRefusedWithAReason() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.state());
        tensors.remove("norm.bias");
        Path path = folder.resolve("a.safetensors");
        Safetensors.write(path, tensors, Map.of());
        assertRefused(path, "norm.bias");
        try (TensorScope scope = TensorScope.open()) {
            tensors.put("norm.bias", torch.zeros(63));
            Safetensors.write(path, tensors, Map.of());
            assertRefused(path, "[63]");
            tensors.put("norm.bias", torch.full(new long[] {64}, new Scalar(Double.NaN)));
            Safetensors.write(path, tensors, Map.of());
            assertRefused(path, "NaN");
            Safetensors.write(path, Map.of("fc.weight", torch.zeros(2)), Map.of());
            assertRefused(path, "no vision transformer");
        }
        assertRefused(folder, "no model in this folder");
        assertRefused(folder.resolve("nothing"), "no such file");
        assertRefused(Files.writeString(folder.resolve("b.pth"), "text"), "torch.save");
    }

    private static void assertRefused(Path path, String says) {
        BadInputException refused = assertThrows(BadInputException.class, () -> ModelFiles.open(path));
        assertTrue(refused.getMessage().contains(says), refused.getMessage());
    }

    @Test
    void featuresOfEveryKind() {
        FeatureModel features = new FeatureModel(network);
        float[] token = features.features(images(3, 12, 8), 3, 12, 8, Kind.CLASS_TOKEN);
        float[] mean = features.features(images(3, 12, 8), 3, 12, 8, Kind.MEAN_PATCH);
        float[] both = features.features(images(3, 12, 8), 3, 12, 8, Kind.CLASS_TOKEN_AND_MEAN_PATCH);
        FloatBuffer patches = ByteBuffer.allocateDirect(4 * 3 * 6 * 64)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        features.patchTokens(images(3, 12, 8), 3, 12, 8, patches);
        assertFalse(patches.hasRemaining());
        for (int image = 0; image < 3; image++) {
            for (int c = 0; c < 64; c++) {
                assertEquals(token[image * 64 + c], both[image * 128 + c], 1e-5f);
                assertEquals(mean[image * 64 + c], both[image * 128 + 64 + c], 1e-5f);
                double sum = 0;
                for (int n = 0; n < 6; n++) {
                    sum += patches.get((image * 6 + n) * 64 + c);
                }
                assertEquals(sum / 6, mean[image * 64 + c], 1e-5);
            }
        }
        float[] attention = features.classAttention(images(3, 12, 8), 3, 12, 8, -1);
        assertEquals(3 * 6, attention.length);
        ImageEmbedder embedder = features.embedder(Kind.CLASS_TOKEN_AND_MEAN_PATCH);
        assertEquals(128, embedder.dimensions());
        assertArrayEquals(both, embedder.embed(images(3, 12, 8), 3, 12, 8));
        assertThrows(
                IllegalArgumentException.class, () -> features.features(images(3, 12, 8), 4, 12, 8, Kind.CLASS_TOKEN));
        assertThrows(
                IllegalArgumentException.class, () -> features.features(images(3, 12, 8), 3, 12, 7, Kind.CLASS_TOKEN));
    }

    @Test
    void torchScriptAsABlackBox() throws IOException {
        Path path = folder.resolve("script.pt");
        script(path, "return x.flatten(2).mean(2)");
        try (TorchScriptModel model = TorchScriptModel.open(path, 3, 8)) {
            assertEquals(3, model.dimensions());
            FloatBuffer images = images(2, 8, 8);
            float[] got = model.embed(images, 2, 8, 8);
            double sum = 0;
            for (int i = 0; i < 64; i++) {
                sum += images.get(3 * 64 + i);
            }
            assertEquals(sum / 64, got[3], 1e-5);
        }
        script(path, "return x");
        assertThrows(BadInputException.class, () -> TorchScriptModel.open(path, 3, 8));
        Path text = Files.writeString(folder.resolve("t.pt"), "no program");
        assertThrows(BadInputException.class, () -> TorchScriptModel.open(text, 3, 8));
        assertThrows(BadInputException.class, () -> TorchScriptModel.open(folder.resolve("none"), 3, 8));
    }

    private static void script(Path path, String body) {
        try (TensorScope scope = TensorScope.open()) {
            JitModule module = new JitModule(new QualifiedName("Small"));
            module.define("def forward(self, x):\n    " + body + "\n");
            module.save(path.toString());
        }
    }
}
