package org.dinobench.evaluation.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A backbone's tensors under the names of the {@code transformers} library. The joint projection of queries, keys and
 * values is cut in thirds there.
 */
final class HfTensors {
    private static final Map<String, String> OUTSIDE_BLOCKS = Map.of(
            "cls_token", "embeddings.cls_token",
            "mask_token", "embeddings.mask_token",
            "pos_embed", "embeddings.position_embeddings",
            "register_tokens", "embeddings.register_tokens",
            "patch_embed.proj.weight", "embeddings.patch_embeddings.projection.weight",
            "patch_embed.proj.bias", "embeddings.patch_embeddings.projection.bias",
            "norm.weight", "layernorm.weight",
            "norm.bias", "layernorm.bias");
    private static final Map<String, String> IN_BLOCKS = Map.of(
            "attn.proj.", "attention.output.dense.",
            "ls1.gamma", "layer_scale1.lambda1",
            "ls2.gamma", "layer_scale2.lambda1",
            "mlp.w12.", "mlp.weights_in.",
            "mlp.w3.", "mlp.weights_out.");
    private static final List<String> PARTS = List.of("query", "key", "value");

    private HfTensors() {}

    /** @param official the backbone's tensors under their official names; results are views of them */
    static Map<String, Tensor> of(Map<String, Tensor> official) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        official.forEach((name, tensor) -> {
            List<String> parts = names(name);
            long rows = tensor.size(0) / parts.size();
            for (int i = 0; i < parts.size(); i++) {
                named.put(parts.get(i), parts.size() == 1 ? tensor : tensor.narrow(0, i * rows, rows));
            }
        });
        return named;
    }

    /** The names of the parts, along the first dimension, of the tensor with an official name. */
    static List<String> names(String official) {
        if (!official.startsWith("blocks.")) {
            String name = OUTSIDE_BLOCKS.get(official);
            if (name == null) {
                throw new IllegalStateException("No name is known for the tensor " + official);
            }
            return List.of(name);
        }
        int dot = official.indexOf('.', 7);
        String prefix = "encoder.layer." + official.substring(7, dot) + ".";
        String name = official.substring(dot + 1);
        if (name.startsWith("attn.qkv.")) {
            return PARTS.stream()
                    .map(part -> prefix + "attention.attention." + part + "." + name.substring(9))
                    .toList();
        }
        for (Map.Entry<String, String> entry : IN_BLOCKS.entrySet()) {
            if (name.startsWith(entry.getKey())) {
                return List.of(prefix
                        + entry.getValue()
                        + name.substring(entry.getKey().length()));
            }
        }
        return List.of(prefix + name);
    }
}
