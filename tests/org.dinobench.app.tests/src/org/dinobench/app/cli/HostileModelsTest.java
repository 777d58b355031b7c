package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.model.Ffn;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.PthWriter;
import org.dinobench.torch.format.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model files that are damaged, of another kind or made to harm: one sentence, exit code 2, and nothing written. */
class HostileModelsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private void assertRefused(Path model, String says) {
        err.reset();
        Path target = folder.resolve("out/model.onnx");
        int exit = new CommandRunner(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run("export", "--model", model.toString(), "--format", "onnx", "--out", target.toString());
        String said = err.toString(StandardCharsets.UTF_8);
        assertEquals(2, exit, said);
        assertTrue(said.contains(says), said);
        assertFalse(said.contains("\tat "), said);
        assertFalse(Files.exists(target));
    }

    private Path safetensors(String header, int bytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return raw(text.length, text, bytes);
    }

    private Path raw(long claimed, byte[] text, int bytes) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(8 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(claimed).put(text);
        return Files.write(folder.resolve("model.safetensors"), all.array());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'cls_token':{'dtype':'F32','shape':[1,1,2],'data_offsets':[0,8]},"
                        + "'norm.bias':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}};12;overlap",
                "{'cls_token':{'dtype':'F32','shape':[1,1,2],'data_offsets':[0,8]},"
                        + "'norm.bias':{'dtype':'F32','shape':[2],'data_offsets':[12,20]}};20;hole",
                "{'cls_token':{'dtype':'F32','shape':[1099511627776,1099511627776],'data_offsets':[0,8]}};8;larger",
                "{'cls_token':{'dtype':'F32','shape':[-1],'data_offsets':[0,8]}};8;size -1",
                "{'cls_token':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}};8;range",
                "{'cls_token':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}};4;need 8 bytes",
                "{'cls_token':{'dtype':'PICKLE','shape':[2],'data_offsets':[0,8]}};8;unknown type",
                "{'cls_token':{'dtype':'F32','shape':[2],'data_offsets':[0,8]};8;JSON",
                "{'fc.weight':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}};8;no vision transformer",
                "{'__metadata__':{'config':'{\"width\": 1e9}'},"
                        + "'cls_token':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}};8;no whole number"
            })
    void safetensorsHeadersAreNotBelieved(String header, int bytes, String says) throws IOException {
        String json = header.contains("\\") || header.contains("\"")
                ? header.replace("\"", "\\\"").replace('\'', '"')
                : header.replace('\'', '"');
        assertRefused(safetensors(json, bytes), says);
    }

    @Test
    void lengthsOfHeadersAreNotBelieved() throws IOException {
        byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
        assertRefused(raw(Long.MAX_VALUE, text, 0), "claims a header");
        assertRefused(raw(-1, text, 0), "claims a header");
        assertRefused(raw(99_000_000, text, 0), "ends within its header");
        assertRefused(Files.write(folder.resolve("model.safetensors"), new byte[0]), "too short");
    }

    @Test
    void filesThatWereCutShort() throws IOException {
        for (String name : List.of("a.safetensors", "a.pth")) {
            Path whole = model(name, ScalarType.Float, ScalarType.Float);
            byte[] bytes = Files.readAllBytes(whole);
            Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
            assertRefused(whole, name.endsWith("pth") ? "zip archive is damaged" : "follow the header");
        }
    }

    @Test
    void precisionsMayNotBeMixed() throws IOException {
        assertRefused(model("a.safetensors", ScalarType.Float, ScalarType.Half), "mixes precisions");
        assertRefused(model("a.pth", ScalarType.BFloat16, ScalarType.Float), "mixes precisions");
        assertRefused(model("b.safetensors", ScalarType.Float, ScalarType.Long), "I64 values");
        try (var opened = ModelFiles.open(model("c.safetensors", ScalarType.Half, ScalarType.Half))) {
            assertEquals(128, opened.config().width(), "all in one type is fine, and read as fp32");
        }
    }

    @Test
    void picklesWithCodeAreNotRun() throws IOException {
        Path harm = folder.resolve("harm");
        String code = "cos\nsystem\n(S'touch " + harm + "'\ntR.";
        Path zip = folder.resolve("zip.pth");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("archive/data.pkl"));
            out.write(("\u0080\u0002" + code).getBytes(StandardCharsets.ISO_8859_1));
        }
        assertRefused(zip, "os.system");
        Path plain = folder.resolve("plain.pth");
        Files.write(plain, ("\u0080\u0002" + code).getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(plain, "os.system");
        assertFalse(Files.exists(harm));
    }

    @Test
    void programsAreNoWeights() {
        Path script = folder.resolve("model.pt");
        try (TensorScope scope = TensorScope.open()) {
            JitModule module = new JitModule(new QualifiedName("Mean"));
            module.define("def forward(self, x):\n    return x.flatten(2).mean(2)\n");
            module.save(script.toString());
        }
        assertRefused(script, "TorchScript");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'model_type':'bert'};model_type is 'bert'",
                "{'model_type':'dinov2'};hidden_size is missing",
                "{'model_type':'dinov2','hidden_size':64,'num_hidden_layers':3,'num_attention_heads':2,"
                        + "'patch_size':8,'image_size':32};shape [1, 1, 128] instead of [1, 1, 64]",
                "{'model_type':'dinov2','hidden_size':128,'num_hidden_layers':4,'num_attention_heads':2,"
                        + "'patch_size':8,'image_size':32};no tensor 'blocks.3",
                "{'model_type':'dinov2','hidden_size':128,'num_hidden_layers':3,'num_attention_heads':7,"
                        + "'patch_size':8,'image_size':32};heads",
                "{'model_type':'dinov2','hidden_size':2000000000,'num_hidden_layers':2000000000,"
                        + "'num_attention_heads':2,'patch_size':8,'image_size':32};width",
                "[;JSON"
            })
    void configurationsOfOtherShapes(String config, String says) throws IOException {
        Path hf = Files.createDirectories(folder.resolve("hf"));
        Files.move(model("a.safetensors", ScalarType.Float, ScalarType.Float), hf.resolve("model.safetensors"));
        Files.writeString(hf.resolve("config.json"), config.replace('\'', '"'));
        assertRefused(hf, says);
    }

    /** A network of three blocks whose first norm has another type than the rest. */
    private Path model(String name, ScalarType most, ScalarType firstNorm) throws IOException {
        VitConfig config = new VitConfig("small", 128, 3, 2, 4, 8, 32, 0, Ffn.MLP, 1, true, 0.1, false, 0, true, 3);
        Path file = folder.resolve(name);
        try (FlatParameters parameters =
                        FlatParameters.create(VisionTransformer.layout(config)).likeTeacher();
                TensorScope scope = TensorScope.open()) {
            parameters.initialize(1);
            Map<String, Tensor> state = new LinkedHashMap<>();
            parameters
                    .state()
                    .forEach((key, tensor) ->
                            state.put(key, tensor.to(key.equals("blocks.0.norm1.weight") ? firstNorm : most)));
            if (name.endsWith(".pth")) {
                PthWriter.write(file, state, List.of());
            } else {
                Safetensors.write(file, state, Map.of());
            }
        }
        return file;
    }
}
