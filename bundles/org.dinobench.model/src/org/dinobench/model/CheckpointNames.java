package org.dinobench.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a backbone's tensors have in different files. Ours are the official ones. The others: those of the
 * {@code transformers} library (query, key and value apart), training dumps with wrappers in front
 * ({@code teacher.backbone.}), and blocks in chunks ({@code blocks.0.3.} for block 3).
 */
public final class CheckpointNames {
    private static final Pattern CHUNKED = Pattern.compile("blocks\\.\\d+\\.(\\d+)\\.(.+)");
    private static final Pattern LAYER = Pattern.compile("encoder\\.layer\\.(\\d+)\\.(.+)");
    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d+)\\.(.+)");
    private static final Pattern THIRD = Pattern.compile("attention\\.attention\\.(query|key|value)\\.(weight|bias)");
    private static final String FSDP = "_fsdp_wrapped_module.";
    private static final List<String> THIRDS = List.of("query", "key", "value");

    private static final Map<String, String> OUTSIDE = Map.of(
            "cls_token", "embeddings.cls_token",
            "mask_token", "embeddings.mask_token",
            "pos_embed", "embeddings.position_embeddings",
            "register_tokens", "embeddings.register_tokens",
            "patch_embed.proj.weight", "embeddings.patch_embeddings.projection.weight",
            "patch_embed.proj.bias", "embeddings.patch_embeddings.projection.bias",
            "norm.weight", "layernorm.weight",
            "norm.bias", "layernorm.bias");
    private static final Map<String, String> INSIDE = Map.of(
            "attn.proj.", "attention.output.dense.",
            "ls1.gamma", "layer_scale1.lambda1",
            "ls2.gamma", "layer_scale2.lambda1",
            "mlp.w12.", "mlp.weights_in.",
            "mlp.w3.", "mlp.weights_out.");

    /**
     * Where an official tensor comes from.
     *
     * @param names names in the file, to be put together along the first dimension
     */
    public record Source(List<String> names) {}

    private CheckpointNames() {}

    /**
     * Names of an official tensor in {@code transformers}, in the order of their rows.
     *
     * @return one name, or three for the joint projection of query, key and value
     */
    public static List<String> toHf(String official) {
        Matcher block = BLOCK.matcher(official);
        if (!block.matches()) {
            String name = OUTSIDE.get(official);
            if (name == null) {
                throw new IllegalArgumentException("There is no official tensor '" + official + "'");
            }
            return List.of(name);
        }
        String prefix = "encoder.layer." + block.group(1) + ".";
        String rest = block.group(2);
        if (rest.startsWith("attn.qkv.")) {
            String kind = rest.substring("attn.qkv.".length());
            return THIRDS.stream()
                    .map(third -> prefix + "attention.attention." + third + "." + kind)
                    .toList();
        }
        for (Map.Entry<String, String> entry : INSIDE.entrySet()) {
            if (rest.startsWith(entry.getKey())) {
                return List.of(prefix
                        + entry.getValue()
                        + rest.substring(entry.getKey().length()));
            }
        }
        return List.of(prefix + rest);
    }

    /**
     * Finds the backbone among the names of a file.
     *
     * @param names all tensors of the file
     * @return official names with their sources; empty when the file holds no backbone. With a teacher and a student the
     *     teacher is taken
     */
    public static Map<String, Source> official(Set<String> names) {
        Optional<String> anchor = names.stream()
                .filter(name -> name.equals("cls_token") || name.endsWith(".cls_token"))
                .min(Comparator.comparing((String name) -> !name.contains("teacher") && !name.contains("average"))
                        .thenComparing(String::length));
        if (anchor.isEmpty()) {
            return Map.of();
        }
        boolean hf = anchor.get().endsWith("embeddings.cls_token");
        String ending = hf ? "embeddings.cls_token" : "cls_token";
        String prefix = anchor.get().substring(0, anchor.get().length() - ending.length());
        Map<String, Source> found = new LinkedHashMap<>();
        Map<String, String[]> thirds = new LinkedHashMap<>();
        for (String name : names) {
            if (name.startsWith(prefix)) {
                String rest = name.substring(prefix.length()).replace(FSDP, "");
                if (hf) {
                    fromHf(name, rest, found, thirds);
                } else {
                    found.put(unchunked(rest), new Source(List.of(name)));
                }
            }
        }
        thirds.forEach((official, three) -> {
            if (three[0] != null && three[1] != null && three[2] != null) {
                found.put(official, new Source(List.of(three)));
            }
        });
        return found;
    }

    private static String unchunked(String name) {
        Matcher chunked = CHUNKED.matcher(name);
        return chunked.matches() ? "blocks." + chunked.group(1) + "." + chunked.group(2) : name;
    }

    private static void fromHf(String name, String rest, Map<String, Source> found, Map<String, String[]> thirds) {
        Matcher layer = LAYER.matcher(rest);
        if (!layer.matches()) {
            OUTSIDE.forEach((official, hf) -> {
                if (hf.equals(rest)) {
                    found.put(official, new Source(List.of(name)));
                }
            });
            return;
        }
        String prefix = "blocks." + layer.group(1) + ".";
        String inner = layer.group(2);
        Matcher third = THIRD.matcher(inner);
        if (third.matches()) {
            thirds.computeIfAbsent(prefix + "attn.qkv." + third.group(2), key -> new String[3])[
                    THIRDS.indexOf(third.group(1))] = name;
            return;
        }
        for (Map.Entry<String, String> entry : INSIDE.entrySet()) {
            if (inner.startsWith(entry.getValue())) {
                String official = prefix
                        + entry.getKey()
                        + inner.substring(entry.getValue().length());
                found.put(official, new Source(List.of(name)));
                return;
            }
        }
        found.put(prefix + inner, new Source(List.of(name)));
    }
}
