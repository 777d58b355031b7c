package org.dinobench.evaluation.internal.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.evaluation.internal.onnx.OnnxGraph.Attribute;
import org.dinobench.model.Ffn;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;

/**
 * The vision transformer in operators of ONNX. LayerScale's factors are folded into the projections before them, linear
 * weights are stored as matrices to multiply from the right, and the class token's position is added to it once.
 */
final class VitGraph {
    /** Name of the input. */
    static final String PIXELS = "pixel_values";

    /** Name of an output. */
    static final String CLASS_TOKEN = "class_token";

    /** Name of an output. */
    static final String PATCH_TOKENS = "patch_tokens";

    /** Name of an output. */
    static final String ATTENTION = "attention";

    private static final float EPSILON = 1e-6f;

    private final VisionTransformer network;
    private final VitConfig config;
    private final OnnxGraph graph = new OnnxGraph();
    private final int fixedSide;
    private final boolean attention;
    private String probabilities;

    /**
     * @param fixedSide pixels of the only square that is taken; 0 for any size
     * @param attention whether the last block's attention is an output too
     */
    VitGraph(VisionTransformer network, int fixedSide, boolean attention) {
        this.network = network;
        this.config = network.config();
        this.fixedSide = fixedSide;
        this.attention = attention;
    }

    OnnxGraph build() {
        Object side = fixedSide == 0 ? "height" : fixedSide;
        String pixels = graph.input(PIXELS, "batch", config.channels(), side, fixedSide == 0 ? "width" : fixedSide);
        String tokens = embed(pixels);
        for (int i = 0; i < config.depth(); i++) {
            tokens = block(tokens, "blocks." + i, i == config.depth() - 1);
        }
        String normalised = norm(tokens, "norm");
        int width = config.width();
        int registers = config.registers();
        String first = slice(normalised, 0, 1);
        graph.named(CLASS_TOKEN, "Squeeze", List.of(first, graph.integers(1)));
        graph.named(
                PATCH_TOKENS,
                "Slice",
                List.of(normalised, graph.integers(1 + registers), graph.integers(Long.MAX_VALUE), graph.integers(1)));
        long grid = fixedSide / config.patch();
        Object patches = fixedSide == 0 ? "patches" : grid * grid;
        Object all = fixedSide == 0 ? "tokens" : 1 + registers + grid * grid;
        graph.output(CLASS_TOKEN, "batch", width);
        graph.output(PATCH_TOKENS, "batch", patches, width);
        if (attention) {
            graph.named(ATTENTION, "Identity", List.of(probabilities));
            graph.output(ATTENTION, "batch", config.heads(), all, all);
        }
        return graph;
    }

    private String embed(String pixels) {
        int width = config.width();
        long side = config.patch();
        String weight = stored("patch_embed.proj.weight", width, config.channels(), side, side);
        String map = graph.node(
                "Conv",
                List.of(pixels, weight, stored("patch_embed.proj.bias", width)),
                Attribute.of("kernel_shape", side, side),
                Attribute.of("strides", side, side));
        String shape = graph.node("Shape", List.of(map));
        String patches = rows(map);
        String positioned = graph.node("Add", List.of(patches, positions(shape)));
        String batch = graph.node("Slice", List.of(shape, graph.integers(0), graph.integers(1)));
        List<String> parts = new ArrayList<>();
        String classToken = graph.weight(
                "class_token_with_position",
                () -> get("cls_token").add(get("pos_embed").narrow(1, 0, 1)),
                1,
                1,
                width);
        parts.add(everyImage(classToken, batch));
        if (config.registers() > 0) {
            parts.add(everyImage(stored("register_tokens", 1, config.registers(), width), batch));
        }
        parts.add(positioned);
        return graph.node("Concat", parts, Attribute.of("axis", 1));
    }

    /** {@code [B, D, rows, columns] -> [B, rows * columns, D]}. */
    private String rows(String map) {
        String flat = graph.node("Reshape", List.of(map, graph.integers(0, 0, -1)));
        return graph.node("Transpose", List.of(flat), Attribute.of("perm", 0L, 2L, 1L));
    }

    private String everyImage(String token, String batch) {
        String sizes = graph.node("Concat", List.of(batch, graph.integers(1, 1)), Attribute.of("axis", 0));
        return graph.node("Expand", List.of(token, sizes));
    }

    /** The patches' position embeddings for the grid of a map of the given shape, {@code [1, N, D]}. */
    private String positions(String shape) {
        int width = config.width();
        if (fixedSide != 0) {
            int grid = fixedSide / config.patch();
            return graph.weight(
                    "position_embeddings",
                    () -> network.positions(grid, grid).narrow(1, 1, (long) grid * grid),
                    1,
                    (long) grid * grid,
                    width);
        }
        int grid = config.grid();
        String stored = graph.weight(
                "position_embeddings",
                () -> get("pos_embed")
                        .narrow(1, 1, (long) grid * grid)
                        .view(1, grid, grid, width)
                        .permute(0, 3, 1, 2),
                1,
                width,
                grid,
                grid);
        String wanted = graph.node("Slice", List.of(shape, graph.integers(2), graph.integers(4)));
        return rows(config.interpolateOffset() == 0 ? bySize(stored, wanted) : byScale(stored, wanted));
    }

    /** To the exact size, as {@code interpolate(size=..)}; the antialiased kernel has another coefficient there. */
    private String bySize(String stored, String wanted) {
        String sizes =
                graph.node("Concat", List.of(graph.integers(1, config.width()), wanted), Attribute.of("axis", 0));
        List<Attribute> attributes = new ArrayList<>(
                List.of(Attribute.of("mode", "cubic"), Attribute.of("coordinate_transformation_mode", "half_pixel")));
        if (config.interpolateAntialias()) {
            attributes.add(Attribute.of("antialias", 1));
            attributes.add(Attribute.of("exclude_outside", 1));
        }
        attributes.add(Attribute.of("cubic_coeff_a", config.interpolateAntialias() ? -0.5f : -0.75f));
        return graph.node("Resize", List.of(stored, "", "", sizes), attributes.toArray(Attribute[]::new));
    }

    /** By the scale (target + offset) / grid; the stored grid itself stays as it is, which a scale of one does. */
    private String byScale(String stored, String wanted) {
        float grid = config.grid();
        String target = graph.node("Cast", List.of(wanted), Attribute.of("to", 1));
        String different = graph.node(
                "ReduceSum",
                List.of(graph.node("Abs", List.of(graph.node("Sub", List.of(target, graph.reals(grid)))))));
        String once = graph.node("Min", List.of(different, graph.reals(1)));
        String offset = graph.node("Mul", List.of(once, graph.reals((float) config.interpolateOffset())));
        String flat = graph.node("Reshape", List.of(offset, graph.integers(1)));
        String scale = graph.node("Div", List.of(graph.node("Add", List.of(target, flat)), graph.reals(grid)));
        String scales = graph.node("Concat", List.of(graph.reals(1, 1), scale), Attribute.of("axis", 0));
        return graph.node(
                "Resize",
                List.of(stored, "", scales),
                Attribute.of("mode", "cubic"),
                Attribute.of("coordinate_transformation_mode", "half_pixel"),
                Attribute.of("cubic_coeff_a", -0.75f));
    }

    private String block(String tokens, String name, boolean last) {
        String attended = graph.node("Add", List.of(tokens, attention(norm(tokens, name + ".norm1"), name, last)));
        String inner = norm(attended, name + ".norm2");
        String scale = name + ".ls2.gamma";
        String out;
        if (config.ffn() == Ffn.MLP) {
            String hidden = linear(inner, name + ".mlp.fc1", config.width(), config.hidden(), null);
            out = linear(
                    graph.node("Gelu", List.of(hidden)), name + ".mlp.fc2", config.hidden(), config.width(), scale);
        } else {
            String both = linear(inner, name + ".mlp.w12", config.width(), 2L * config.hidden(), null);
            List<String> halves =
                    graph.nodes("Split", List.of(both), 2, Attribute.of("axis", -1), Attribute.of("num_outputs", 2));
            String sigmoid = graph.node("Sigmoid", List.of(halves.get(0)));
            String silu = graph.node("Mul", List.of(halves.get(0), sigmoid));
            String gated = graph.node("Mul", List.of(silu, halves.get(1)));
            out = linear(gated, name + ".mlp.w3", config.hidden(), config.width(), scale);
        }
        return graph.node("Add", List.of(attended, out));
    }

    private String attention(String tokens, String name, boolean last) {
        int width = config.width();
        long headWidth = config.headWidth();
        String joint = linear(tokens, name + ".attn.qkv", width, 3L * width, null);
        String split = graph.node("Reshape", List.of(joint, graph.integers(0, 0, 3, config.heads(), headWidth)));
        String ordered = graph.node("Transpose", List.of(split), Attribute.of("perm", 2L, 0L, 3L, 1L, 4L));
        List<String> three =
                graph.nodes("Split", List.of(ordered), 3, Attribute.of("axis", 0), Attribute.of("num_outputs", 3));
        String axis = graph.integers(0);
        String query = graph.node("Squeeze", List.of(three.get(0), axis));
        String key = graph.node("Squeeze", List.of(three.get(1), axis));
        String value = graph.node("Squeeze", List.of(three.get(2), axis));
        String scaled = graph.node("Mul", List.of(query, graph.reals((float) (1 / Math.sqrt(headWidth)))));
        String turned = graph.node("Transpose", List.of(key), Attribute.of("perm", 0L, 1L, 3L, 2L));
        String weights =
                graph.node("Softmax", List.of(graph.node("MatMul", List.of(scaled, turned))), Attribute.of("axis", -1));
        if (last) {
            probabilities = weights;
        }
        String mixed = graph.node("MatMul", List.of(weights, value));
        String together = graph.node("Transpose", List.of(mixed), Attribute.of("perm", 0L, 2L, 1L, 3L));
        String rows = graph.node("Reshape", List.of(together, graph.integers(0, 0, width)));
        return linear(rows, name + ".attn.proj", width, width, name + ".ls1.gamma");
    }

    private String norm(String tokens, String name) {
        return graph.node(
                "LayerNormalization",
                List.of(tokens, stored(name + ".weight", config.width()), stored(name + ".bias", config.width())),
                Attribute.of("axis", -1),
                Attribute.of("epsilon", EPSILON));
    }

    /** @param scale name of a factor for each output, folded into the weights; null for none */
    private String linear(String tokens, String name, long from, long to, String scale) {
        Supplier<Tensor> matrix = () -> {
            Tensor weight = get(name + ".weight");
            return (scale == null ? weight : weight.mul(get(scale).unsqueeze(1))).t();
        };
        String product = graph.node("MatMul", List.of(tokens, graph.weight(name + ".matrix", matrix, from, to)));
        if (!network.module().has(name + ".bias")) {
            return product;
        }
        Supplier<Tensor> bias =
                () -> scale == null ? get(name + ".bias") : get(name + ".bias").mul(get(scale));
        return graph.node("Add", List.of(product, graph.weight(name + ".bias", bias, to)));
    }

    private String slice(String tokens, long from, long to) {
        return graph.node("Slice", List.of(tokens, graph.integers(from), graph.integers(to), graph.integers(1)));
    }

    private String stored(String name, long... shape) {
        return graph.weight(name, () -> get(name), shape);
    }

    private Tensor get(String name) {
        return network.module().get(name).detach();
    }
}
