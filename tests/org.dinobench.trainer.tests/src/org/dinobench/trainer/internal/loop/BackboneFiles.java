package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.model.CheckpointNames;
import org.dinobench.model.DinoHead;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.Ffn;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.PthWriter;
import org.dinobench.torch.format.Safetensors;

/** Files of the kinds that are released, with random weights of the right shapes. */
public final class BackboneFiles {
    private BackboneFiles() {}

    /** Random weights of a shape, to be closed by the caller. */
    public static FlatParameters weights(VitConfig config, long seed) {
        FlatParameters parameters = FlatParameters.create(VisionTransformer.layout(config));
        parameters.initialize(seed);
        return parameters;
    }

    /** A folder of the transformers library. */
    public static Path huggingFace(Path folder, VitConfig config, FlatParameters parameters) throws IOException {
        Files.createDirectories(folder);
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
            {"model_type": "%s", "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
             "mlp_ratio": 4, "patch_size": %d, "image_size": %d, "layerscale_value": 1.0, "qkv_bias": true,
             "use_swiglu_ffn": %s, "num_register_tokens": %d}
            """.formatted(
                        config.registers() > 0 ? "dinov2_with_registers" : "dinov2",
                        config.width(),
                        config.depth(),
                        config.heads(),
                        config.patch(),
                        config.imageSize(),
                        config.ffn() == Ffn.SWIGLU,
                        config.registers()));
        return folder;
    }

    /** A training dump as the official code leaves it: a teacher in it, its blocks in two chunks; no heads. */
    public static Path trainingDump(Path file, VitConfig config, FlatParameters parameters) throws IOException {
        return trainingDump(file, config, parameters, Map.of());
    }

    /** The same with heads of these shapes, by their names, drawn at random. */
    public static Path trainingDump(
            Path file, VitConfig config, FlatParameters parameters, Map<String, DinoHeadConfig> heads)
            throws IOException {
        Map<String, Tensor> tensors = chunked(config, parameters.state());
        List<FlatParameters> drawn = new ArrayList<>();
        heads.forEach((name, head) -> {
            FlatParameters values = FlatParameters.create(DinoHead.layout(head));
            values.initialize(name.hashCode());
            drawn.add(values);
            values.state().forEach((parameter, tensor) -> tensors.put(name + "." + parameter, tensor));
        });
        PthWriter.write(file, tensors, List.of("teacher"));
        drawn.forEach(FlatParameters::close);
        return file;
    }

    private static Map<String, Tensor> chunked(VitConfig config, Map<String, Tensor> state) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        state.forEach((name, tensor) -> {
            String[] parts = name.split("\\.", 3);
            boolean block = parts[0].equals("blocks");
            int chunk = block && Integer.parseInt(parts[1]) >= (config.depth() + 1) / 2 ? 1 : 0;
            named.put("backbone." + (block ? "blocks." + chunk + "." + parts[1] + "." + parts[2] : name), tensor);
        });
        return named;
    }
}
