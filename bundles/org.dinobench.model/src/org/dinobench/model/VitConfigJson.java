package org.dinobench.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/** A {@link VitConfig} as JSON: the keys of the official configuration, in one line in the metadata of weight files. */
public final class VitConfigJson {
    private VitConfigJson() {}

    /** All parts of a shape. */
    public static ObjectNode write(VitConfig config) {
        return Json.object()
                .put("name", config.name())
                .put("width", config.width())
                .put("depth", config.depth())
                .put("heads", config.heads())
                .put("mlp_ratio", config.mlpRatio())
                .put("patch_size", config.patch())
                .put("img_size", config.imageSize())
                .put("num_register_tokens", config.registers())
                .put("ffn", config.ffn().name().toLowerCase(Locale.ROOT))
                .put("layerscale", config.layerScale())
                .put("qkv_bias", config.qkvBias())
                .put("interpolate_offset", config.interpolateOffset())
                .put("interpolate_antialias", config.interpolateAntialias())
                .put("drop_path_rate", config.dropPath())
                .put("drop_path_uniform", config.dropPathUniform())
                .put("in_chans", config.channels());
    }

    /**
     * Reads a shape. Required are width, depth, heads, patch size and image size; the rest has the official defaults.
     *
     * @param where the file, for error messages
     * @throws BadInputException when a part is missing or not possible
     */
    public static VitConfig read(String where, ObjectNode node) {
        return new VitConfig(
                node.path("name").asText("vit"),
                integer(where, node, "width", null),
                integer(where, node, "depth", null),
                integer(where, node, "heads", null),
                number(where, node, "mlp_ratio", 4),
                integer(where, node, "patch_size", null),
                integer(where, node, "img_size", null),
                integer(where, node, "num_register_tokens", 0),
                ffn(where, node.path("ffn").asText("mlp")),
                number(where, node, "layerscale", 1e-5),
                node.path("qkv_bias").asBoolean(true),
                number(where, node, "interpolate_offset", 0.1),
                node.path("interpolate_antialias").asBoolean(false),
                number(where, node, "drop_path_rate", 0),
                node.path("drop_path_uniform").asBoolean(true),
                integer(where, node, "in_chans", 3));
    }

    /** Reads the name of a feed-forward half: {@code mlp}, {@code swiglu} or {@code swiglufused}. */
    public static Ffn ffn(String where, String name) {
        return switch (name) {
            case "mlp" -> Ffn.MLP;
            case "swiglu", "swiglufused" -> Ffn.SWIGLU;
            default ->
                throw new BadInputException(
                        where, "unknown ffn layer '" + name + "'", "use mlp, swiglu or swiglufused");
        };
    }

    private static int integer(String where, ObjectNode node, String key, Integer otherwise) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw new BadInputException(where, "the model's " + key + " is missing or no whole number", "");
        }
        return value.asInt();
    }

    private static double number(String where, ObjectNode node, String key, double otherwise) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new BadInputException(where, "the model's " + key + " is no number", "");
        }
        return value.asDouble();
    }
}
