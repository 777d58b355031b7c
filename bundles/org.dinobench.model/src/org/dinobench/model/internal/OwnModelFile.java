package org.dinobench.model.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.Ffn;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorEntry;
import org.dinobench.torch.format.TensorFile;

/** Our own model file: safetensors with official parameter names and the shape of the network in its metadata. */
public final class OwnModelFile {
    /** The value of {@code format} in the metadata. */
    public static final String FORMAT = "dinobench-vit-1";

    private OwnModelFile() {}

    /** @throws BadInputException when the file is of another kind or does not fit its own description */
    public static LoadedModel open(Path path) throws IOException {
        try (TensorScope scope = TensorScope.open();
                TensorFile file = Safetensors.open(path)) {
            Map<String, String> metadata = file.metadata();
            if (!FORMAT.equals(metadata.get("format"))) {
                throw new BadInputException(
                        path.toString(),
                        "this safetensors file does not say which network its tensors belong to",
                        "use a file that a run exported");
            }
            VitConfig config = config(path, metadata.getOrDefault("config", "{}"));
            Map<String, Tensor> state = new LinkedHashMap<>();
            for (ParameterSpec parameter : VisionTransformer.layout(config)) {
                state.put(parameter.name(), tensor(path, file, parameter));
            }
            FlatParameters parameters =
                    FlatParameters.create(VisionTransformer.layout(config)).likeTeacher();
            parameters.load(state);
            return new LoadedModel(new VisionTransformer(config, parameters.module("")), parameters, path, metadata);
        }
    }

    private static Tensor tensor(Path path, TensorFile file, ParameterSpec parameter) {
        TensorEntry entry = file.entries().get(parameter.name());
        if (entry == null) {
            throw new BadInputException(
                    path.toString(), "the tensor " + parameter.name() + " is missing", "export the model again");
        }
        if (!entry.shape().equals(parameter.shape())) {
            throw new BadInputException(
                    path.toString(),
                    "the tensor " + parameter.name() + " has the shape " + entry.shape() + ", not " + parameter.shape(),
                    "export the model again");
        }
        return file.read(parameter.name());
    }

    private static VitConfig config(Path path, String json) {
        ObjectNode node = Json.parseObject(path + ", metadata config", json);
        try {
            return new VitConfig(
                    node.path("name").asText("vit"),
                    number(node, "width"),
                    number(node, "depth"),
                    number(node, "heads"),
                    node.path("mlp_ratio").asDouble(4),
                    number(node, "patch_size"),
                    number(node, "img_size"),
                    node.path("num_register_tokens").asInt(0),
                    Ffn.valueOf(node.path("ffn").asText("mlp").toUpperCase(Locale.ROOT)),
                    node.path("layerscale").asDouble(1e-5),
                    node.path("qkv_bias").asBoolean(true),
                    node.path("interpolate_offset").asDouble(0.1),
                    node.path("interpolate_antialias").asBoolean(false),
                    0,
                    true,
                    node.path("in_chans").asInt(3));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    path.toString(),
                    "its description of the network cannot be used: " + e.getMessage(),
                    "export the model again",
                    e);
        }
    }

    private static int number(ObjectNode node, String key) {
        if (!node.path(key).isInt()) {
            throw new IllegalArgumentException("the number " + key + " is missing");
        }
        return node.path(key).asInt();
    }
}
