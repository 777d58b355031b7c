package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with the names and sizes of the released models. Their data is a hole in the file: zeros that take no space. */
class ReleasedShapesTest {
    @TempDir
    Path folder;

    private static VitConfig released(String arch, int registers) {
        VitConfig plain = VitConfig.preset("test", arch, 14, 518);
        return registers == 0 ? plain : plain.withRegisters(registers).withInterpolation(0, true);
    }

    private static Map<String, List<Long>> official(VitConfig config) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        VisionTransformer.layout(config).forEach(spec -> shapes.put(spec.name(), spec.shape()));
        return shapes;
    }

    private static Map<String, List<Long>> huggingFace(VitConfig config) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (ParameterSpec spec : VisionTransformer.layout(config)) {
            List<String> names = CheckpointNames.toHf(spec.name());
            List<Long> part = new ArrayList<>(spec.shape());
            part.set(0, part.get(0) / names.size());
            names.forEach(name -> shapes.put(name, part));
        }
        return shapes;
    }

    private static void write(Path file, Map<String, List<Long>> shapes) throws IOException {
        ObjectNode header = Json.object();
        long end = 0;
        for (Map.Entry<String, List<Long>> tensor : shapes.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey());
            entry.put("dtype", "F32");
            ArrayNode sizes = entry.putArray("shape");
            tensor.getValue().forEach(sizes::add);
            long bytes = 4 * tensor.getValue().stream().reduce(1L, Math::multiplyExact);
            entry.putArray("data_offsets").add(end).add(end + bytes);
            end += bytes;
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(8 + text.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .array());
        try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
            data.setLength(8 + text.length + end);
        }
    }

    private Path huggingFaceFolder(VitConfig config) throws IOException {
        Path target = Files.createDirectories(folder.resolve("hf"));
        write(target.resolve("model.safetensors"), huggingFace(config));
        Files.writeString(target.resolve("config.json"), """
            {"model_type": "%s", "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
             "mlp_ratio": 4, "patch_size": 14, "image_size": 518, "layerscale_value": 1.0, "qkv_bias": true,
             "use_swiglu_ffn": %s, "num_register_tokens": %d}
            """.formatted(
                        config.registers() > 0 ? "dinov2_with_registers" : "dinov2",
                        config.width(),
                        config.depth(),
                        config.heads(),
                        config.ffn() == Ffn.SWIGLU,
                        config.registers()));
        return target;
    }

    private static void assertShape(VitConfig expected, VitConfig found) {
        assertEquals(expected.width(), found.width());
        assertEquals(expected.depth(), found.depth());
        assertEquals(expected.heads(), found.heads());
        assertEquals(expected.hidden(), found.hidden());
        assertEquals(expected.ffn(), found.ffn());
        assertEquals(14, found.patch());
        assertEquals(37, found.grid());
        assertEquals(expected.registers(), found.registers());
        assertEquals(expected.interpolateAntialias(), found.interpolateAntialias());
        assertEquals(official(expected), official(found));
    }

    @ParameterizedTest
    @CsvSource({
        "vit_small, 0", "vit_small, 4",
        "vit_base, 0", "vit_base, 4",
        "vit_large, 0", "vit_large, 4",
        "vit_giant2, 0", "vit_giant2, 4"
    })
    void everyReleasedShapeIsRecognisedByItsNamesInBothForms(String arch, int registers) throws IOException {
        VitConfig config = released(arch, registers);
        assertEquals(arch.equals("vit_giant2") ? Ffn.SWIGLU : Ffn.MLP, config.ffn());
        Path bare = folder.resolve("bare.safetensors");
        write(bare, official(config));
        assertShape(config, ModelFiles.shape(bare));
        assertShape(config, ModelFiles.shape(huggingFaceFolder(config)));
    }

    @Test
    void theSmallOneIsLoadedWhole() throws IOException {
        VitConfig config = released("vit_small", 4);
        try (LoadedModel model = ModelFiles.open(huggingFaceFolder(config))) {
            assertShape(config, model.config());
            assertEquals(22_058_112, model.parameters().count());
        }
    }

    @Test
    void aShapeThatItsConfigurationDoesNotHaveIsRefusedWithTheTensor() throws IOException {
        Path hf = huggingFaceFolder(released("vit_small", 0));
        Path text = hf.resolve("config.json");
        Files.writeString(text, Files.readString(text).replace("384", "768").replace("heads\": 6", "heads\": 12"));
        BadInputException refused = assertThrows(BadInputException.class, () -> ModelFiles.shape(hf));
        assertTrue(refused.getMessage().contains("'cls_token' has shape [1, 1, 384]"), refused.getMessage());
    }
}
