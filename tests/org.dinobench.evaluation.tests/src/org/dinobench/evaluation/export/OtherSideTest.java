package org.dinobench.evaluation.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.PythonPeer;
import org.dinobench.evaluation.SmallNetwork;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exports in the hands of the real other side: transformers, PyTorch and ONNX Runtime of a Python installation. Besides
 * networks of a few thousand weights: S at its full depth, and B, L and g in their widths with two blocks.
 */
class OtherSideTest {
    private static final String COMMON = """
        import sys, json, os, torch
        from safetensors.torch import load_file, save_file
        root, kinds = sys.argv[1], sys.argv[2:]
        def compare(kind, form, got):
            want = load_file(f'{root}/{kind}/expected.safetensors')
            assert got.keys() == want.keys(), (got.keys(), want.keys())
            worst = 0.0
            for name, value in want.items():
                assert got[name].shape == value.shape, (kind, form, name, got[name].shape, value.shape)
                worst = max(worst, (got[name] - value).abs().max().item())
            assert worst <= 1e-4, (kind, form, worst)
            print('EQUAL', kind, form, worst)
        """;
    private static final String OPEN = COMMON + """
        import transformers
        for kind in kinds:
            folder = f'{root}/{kind}'
            images = load_file(folder + '/in.safetensors')
            config = json.load(open(folder + '/hf/config.json'))
            model_class = getattr(transformers, config['architectures'][0])
            model, info = model_class.from_pretrained(folder + '/hf', output_loading_info=True)
            assert model_class.__name__.startswith('Dinov2'), model_class
            assert not info['missing_keys'] and not info['unexpected_keys'], info
            model.eval()
            skip = 1 + config.get('num_register_tokens', 0)
            got = {}
            with torch.no_grad():
                for name, pixels in images.items():
                    tokens = model(pixel_values=pixels).last_hidden_state
                    got[name + '.cls'], got[name + '.patches'] = tokens[:, 0], tokens[:, skip:]
            compare(kind, 'transformers', got)
            state = torch.load(folder + '/model.pth', weights_only=True)
            if not os.path.exists(folder + '/model.pt'):
                continue
            script = torch.jit.load(folder + '/model.pt')
            official = script.state_dict()
            assert all(torch.equal(official[name], value) for name, value in state.items())
            assert official.keys() == state.keys()
            with torch.no_grad():
                for name, pixels in images.items():
                    got[name + '.cls'], got[name + '.patches'] = script(pixels)
            compare(kind, 'torch.jit', got)
        """;
    private static final String RUN_ONNX = COMMON + """
        import onnx, onnxruntime
        for kind in kinds:
            file = f'{root}/{kind}/model.onnx'
            if not os.path.exists(file):
                continue
            onnx.checker.check_model(file, full_check=True)
            session = onnxruntime.InferenceSession(file, providers=['CPUExecutionProvider'])
            got = {}
            for name, pixels in load_file(f'{root}/{kind}/in.safetensors').items():
                cls, patches = session.run(['class_token', 'patch_tokens'], {'pixel_values': pixels.numpy()})
                got[name + '.cls'], got[name + '.patches'] = torch.from_numpy(cls), torch.from_numpy(patches)
            compare(kind, 'onnxruntime', got)
        """;
    private static final String MAKE = COMMON + """
        import transformers
        for kind in kinds:
            folder = f'{root}/{kind}'
            shape = json.load(open(folder + '/shape.json'))
            torch.manual_seed(3)
            name = 'Dinov2WithRegisters' if shape.get('num_register_tokens') else 'Dinov2'
            config = getattr(transformers, name + 'Config')(**shape)
            model = getattr(transformers, name + 'Model')(config).eval()
            with torch.no_grad():
                for p in model.parameters():
                    p.add_(0.02 * torch.randn_like(p))
                model.save_pretrained(folder + '/made')
                skip = 1 + shape.get('num_register_tokens', 0)
                out = {}
                for image, pixels in load_file(folder + '/in.safetensors').items():
                    tokens = model(pixel_values=pixels).last_hidden_state
                    out[image + '.cls'] = tokens[:, 0].contiguous()
                    out[image + '.patches'] = tokens[:, skip:].contiguous()
            save_file(out, folder + '/theirs.safetensors')
        """;
    private static final List<String> SMALL = List.of("exact", "swiglu", "registers", "all", "nobias");
    private static final List<String> RELEASED =
            List.of("S", "S-registers", "B", "B-registers", "L", "L-registers", "g", "g-registers");
    private static final List<String> PROGRAMS_TOO = List.of("S", "g-registers");

    @TempDir
    static Path folder;

    private static PythonPeer peer;

    @BeforeAll
    static void export() throws Exception {
        peer = PythonPeer.find("torch, transformers, safetensors");
        for (String kind : all()) {
            export(kind);
        }
    }

    /** Shapes that transformers interpolates alike. */
    private static VitConfig config(String kind) {
        if (SMALL.contains(kind)) {
            VitConfig small = Exports.config(kind);
            return small.withInterpolation(0, small.registers() > 0);
        }
        VitConfig config = Exports.released(kind.substring(0, 1), kind.startsWith("S") ? 12 : 2);
        int registers = kind.endsWith("-registers") ? 4 : 0;
        return config.withRegisters(registers).withInterpolation(0, registers > 0);
    }

    @Test
    void transformersAndTorchGiveTheSameFeatures() throws Exception {
        List<String> kinds = all();
        String output = peer.run(folder, OPEN, arguments(kinds));
        System.out.println(
                output.lines().filter(line -> line.startsWith("EQUAL")).collect(Collectors.joining("\n")));
        assertEquals(kinds.size(), count(output, "transformers"), output);
        assertEquals(SMALL.size() + PROGRAMS_TOO.size(), count(output, "torch.jit"), output);
    }

    @Test
    void onnxRuntimeGivesTheSameFeatures() throws Exception {
        PythonPeer runtime = PythonPeer.find("torch, safetensors, onnx, onnxruntime");
        List<String> kinds = new ArrayList<>(SMALL);
        kinds.addAll(PROGRAMS_TOO);
        String output = runtime.run(folder, RUN_ONNX, arguments(kinds));
        assertEquals(kinds.size(), count(output, "onnxruntime"), output);
    }

    @Test
    void modelsMadeThereOpenHere() throws Exception {
        List<String> kinds = all();
        for (String kind : kinds) {
            Files.writeString(
                    folder.resolve(kind).resolve("shape.json"),
                    HfConfigFiles.config(config(kind)).toString());
        }
        peer.run(folder, MAKE, arguments(kinds));
        for (String kind : kinds) {
            Path own = folder.resolve(kind);
            try (LoadedModel opened = ModelFiles.open(own.resolve("made"));
                    TensorScope scope = TensorScope.open();
                    TensorFile theirs = Safetensors.open(own.resolve("theirs.safetensors"))) {
                assertEquals(config(kind).heads(), opened.config().heads());
                assertEquals(config(kind).registers(), opened.config().registers());
                for (Map.Entry<String, Tensor> ours :
                        outputs(own, opened.network()).entrySet()) {
                    float[] expected = Tensors.floats(theirs.read(ours.getKey()));
                    float[] found = Tensors.floats(ours.getValue());
                    assertEquals(expected.length, found.length);
                    double worst = 0;
                    for (int i = 0; i < found.length; i++) {
                        worst = Math.max(worst, Math.abs(expected[i] - found[i]));
                    }
                    assertTrue(worst <= 1e-4, kind + " " + ours.getKey() + " " + worst);
                }
            }
        }
    }

    private static List<String> all() {
        List<String> kinds = new ArrayList<>(SMALL);
        kinds.addAll(RELEASED);
        return kinds;
    }

    private static long count(String output, String form) {
        return output.lines()
                .filter(line -> line.startsWith("EQUAL") && line.contains(" " + form + " "))
                .count();
    }

    private static String[] arguments(List<String> kinds) {
        List<String> arguments = new ArrayList<>(List.of(folder.toString()));
        arguments.addAll(kinds);
        return arguments.toArray(String[]::new);
    }

    private static void export(String kind) throws IOException {
        Path own = Files.createDirectories(folder.resolve(kind));
        VitConfig config = config(kind);
        Map<String, Exporter> exporters = new LinkedHashMap<>();
        exporters.put("hf", new HfExporter());
        exporters.put("model.pth", new PthExporter());
        if (SMALL.contains(kind) || PROGRAMS_TOO.contains(kind)) {
            exporters.put("model.pt", new TorchScriptExporter());
            exporters.put("model.onnx", new OnnxExporter());
        }
        try (SmallNetwork network = new SmallNetwork(config, 1)) {
            for (Map.Entry<String, Exporter> entry : exporters.entrySet()) {
                Path target = own.resolve(entry.getKey());
                ExportResult result = entry.getValue()
                        .export(
                                Exports.request(network, config.imageSize(), target, ExportOptions.USUAL, List.of()),
                                JobMonitor.NONE);
                assertTrue(result.check().passed(), result.check().sentence());
            }
            writeInputs(own, config);
            try (TensorScope scope = TensorScope.open()) {
                Safetensors.write(own.resolve("expected.safetensors"), outputs(own, network.network()), Map.of());
            }
        }
    }

    /** Two images of the stored size, two larger ones, and one that is not square. */
    private static void writeInputs(Path own, VitConfig config) throws IOException {
        int patch = config.patch();
        int side = config.imageSize();
        try (TensorScope scope = TensorScope.open()) {
            Safetensors.write(
                    own.resolve("in.safetensors"),
                    Map.of(
                            "a", noise(2, side, side),
                            "b", noise(2, side + 2 * patch, side + 2 * patch),
                            "c", noise(1, side - patch, side + 3 * patch)),
                    Map.of());
        }
    }

    private static Tensor noise(int count, int height, int width) {
        Random random = new Random(height);
        float[] values = new float[count * 3 * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensors.of(values, count, 3, height, width);
    }

    /** Class and patch tokens of the inputs, in the scope of the caller. */
    private static Map<String, Tensor> outputs(Path own, VisionTransformer network) throws IOException {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        try (TensorFile in = Safetensors.open(own.resolve("in.safetensors"));
                Torch.GradSwitch off = Torch.noGrad()) {
            for (String name : in.entries().keySet()) {
                VitOutput output = network.forward(in.read(name));
                outputs.put(name + ".cls", output.classToken());
                outputs.put(name + ".patches", output.patchTokens());
            }
        }
        return outputs;
    }
}
