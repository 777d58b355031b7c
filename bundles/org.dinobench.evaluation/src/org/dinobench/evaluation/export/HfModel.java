package org.dinobench.evaluation.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.Ffn;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;

/** A folder of the {@code transformers} library, opened; closes with the weights. */
final class HfModel implements AutoCloseable {
    private final FlatParameters parameters;
    private final VisionTransformer network;

    private HfModel(VitConfig config, Map<String, Tensor> official) {
        parameters = FlatParameters.create(VisionTransformer.layout(config)).likeTeacher();
        parameters.load(official);
        network = new VisionTransformer(config, parameters.module(""));
    }

    /**
     * Reads {@code config.json} and {@code model.safetensors}.
     *
     * @throws BadInputException when a file is missing, damaged or of another kind of model
     */
    static HfModel open(Path folder) throws IOException {
        VitConfig config = config(folder.resolve("config.json"));
        Path weights = folder.resolve("model.safetensors");
        try (TensorScope scope = TensorScope.open();
                TensorFile file = Safetensors.open(weights)) {
            Map<String, Tensor> official = new LinkedHashMap<>();
            for (ParameterSpec spec : VisionTransformer.layout(config)) {
                official.put(spec.name(), read(file, weights, spec));
            }
            return new HfModel(config, official);
        }
    }

    VisionTransformer network() {
        return network;
    }

    @Override
    public void close() {
        parameters.close();
    }

    private static Tensor read(TensorFile file, Path weights, ParameterSpec spec) {
        List<Tensor> parts = new ArrayList<>();
        for (String name : HfTensors.names(spec.name())) {
            if (!file.entries().containsKey(name)) {
                throw new BadInputException(
                        weights.toString(), "there is no tensor " + name, "the folder belongs to another model");
            }
            parts.add(file.read(name));
        }
        Tensor whole = parts.size() == 1 ? parts.get(0) : torch.cat(Tensors.vector(parts), 0);
        if (!java.util.Arrays.equals(Tensors.shape(whole), spec.sizes())) {
            throw new BadInputException(
                    weights.toString(),
                    spec.name() + " has the shape " + java.util.Arrays.toString(Tensors.shape(whole)) + " instead of "
                            + spec.shape(),
                    "its config.json belongs to another model");
        }
        return whole;
    }

    private static VitConfig config(Path file) {
        ObjectNode node = Json.readObject(file);
        String type = node.path("model_type").asText();
        if (!type.equals("dinov2") && !type.equals("dinov2_with_registers")) {
            throw new BadInputException(file.toString(), "model_type is \"" + type + "\"", "only DINOv2 is read here");
        }
        int registers =
                type.equals("dinov2") ? 0 : node.path("num_register_tokens").asInt(4);
        return new VitConfig(
                "hf",
                number(file, node, "hidden_size"),
                number(file, node, "num_hidden_layers"),
                number(file, node, "num_attention_heads"),
                node.path("mlp_ratio").asDouble(4),
                number(file, node, "patch_size"),
                number(file, node, "image_size"),
                registers,
                node.path("use_swiglu_ffn").asBoolean() ? Ffn.SWIGLU : Ffn.MLP,
                1,
                node.path("qkv_bias").asBoolean(true),
                0,
                registers > 0,
                0,
                true,
                node.path("num_channels").asInt(3));
    }

    private static int number(Path file, ObjectNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isInt()) {
            throw new BadInputException(file.toString(), key + " is missing or no number", "the file may be damaged");
        }
        return value.asInt();
    }
}
