package org.dinobench.model.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.Ffn;
import org.dinobench.model.VitConfig;

/** The shape of a backbone from the {@code config.json} of the {@code transformers} library. */
public final class HfConfig {
    private HfConfig() {}

    /**
     * Reads the file. Position embeddings are interpolated as that library does: to the exact size, antialiased with
     * registers only.
     */
    public static VitConfig read(Path file) {
        ObjectNode node = Json.readObject(file);
        String type = node.path("model_type").asText();
        boolean withRegisters = type.equals("dinov2_with_registers");
        if (!type.equals("dinov2") && !withRegisters) {
            throw new BadInputException(
                    file.toString(),
                    "the model_type is '" + type + "'",
                    "give a model of type dinov2 or dinov2_with_registers");
        }
        int registers = withRegisters ? node.path("num_register_tokens").asInt(4) : 0;
        return new VitConfig(
                "vit",
                integer(file, node, "hidden_size"),
                integer(file, node, "num_hidden_layers"),
                integer(file, node, "num_attention_heads"),
                node.path("mlp_ratio").asDouble(4),
                integer(file, node, "patch_size"),
                integer(file, node, "image_size"),
                registers,
                node.path("use_swiglu_ffn").asBoolean(false) ? Ffn.SWIGLU : Ffn.MLP,
                1,
                node.path("qkv_bias").asBoolean(true),
                0,
                withRegisters,
                0,
                true,
                node.path("num_channels").asInt(3));
    }

    private static int integer(Path file, ObjectNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isInt()) {
            throw new BadInputException(
                    file.toString(), "the key " + key + " is missing or no whole number", "get the file again");
        }
        return value.asInt();
    }
}
