package org.dinobench.evaluation.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.dinobench.core.io.Json;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.Ffn;
import org.dinobench.model.VitConfig;

/** The two JSON files beside the weights of a {@code transformers} model. */
final class HfConfigFiles {
    private static final int BICUBIC = 3;

    private HfConfigFiles() {}

    /** {@code config.json}. */
    static ObjectNode config(VitConfig config) {
        ObjectNode node = Json.object();
        boolean registers = config.registers() > 0;
        node.putArray("architectures").add(registers ? "Dinov2WithRegistersModel" : "Dinov2Model");
        node.put("model_type", registers ? "dinov2_with_registers" : "dinov2");
        node.put("hidden_size", config.width());
        node.put("num_hidden_layers", config.depth());
        node.put("num_attention_heads", config.heads());
        if (config.mlpRatio() == Math.rint(config.mlpRatio())) {
            node.put("mlp_ratio", (int) config.mlpRatio());
        } else {
            node.put("mlp_ratio", config.mlpRatio());
        }
        node.put("hidden_act", "gelu");
        node.put("hidden_dropout_prob", 0.0);
        node.put("attention_probs_dropout_prob", 0.0);
        node.put("initializer_range", 0.02);
        node.put("layer_norm_eps", 1e-6);
        node.put("image_size", config.imageSize());
        node.put("patch_size", config.patch());
        node.put("num_channels", config.channels());
        node.put("qkv_bias", config.qkvBias());
        node.put("layerscale_value", config.layerScale());
        node.put("drop_path_rate", 0.0);
        node.put("use_swiglu_ffn", config.ffn() == Ffn.SWIGLU);
        if (registers) {
            node.put("num_register_tokens", config.registers());
        }
        node.put("apply_layernorm", true);
        node.put("reshape_hidden_states", true);
        node.put("torch_dtype", "float32");
        return node;
    }

    /** {@code preprocessor_config.json}. */
    static ObjectNode preprocessor(EvalTransform transform) {
        ObjectNode node = Json.object();
        node.put("image_processor_type", "BitImageProcessor");
        node.put("do_convert_rgb", true);
        node.put("do_resize", true);
        ObjectNode size = node.putObject("size");
        if (transform.resize() > 0) {
            size.put("shortest_edge", transform.resize());
        } else {
            size.put("height", transform.size()).put("width", transform.size());
        }
        node.put("resample", BICUBIC);
        node.put("do_center_crop", transform.resize() > 0);
        node.putObject("crop_size").put("height", transform.size()).put("width", transform.size());
        node.put("do_rescale", true);
        node.put("rescale_factor", 1 / 255.0);
        node.put("do_normalize", true);
        numbers(node.putArray("image_mean"), transform.normalization().mean());
        numbers(node.putArray("image_std"), transform.normalization().std());
        return node;
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double v : values) {
            array.add(v);
        }
    }
}
