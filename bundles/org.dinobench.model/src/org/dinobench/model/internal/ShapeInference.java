package org.dinobench.model.internal;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.Ffn;
import org.dinobench.model.VitConfig;

/**
 * The shape of a backbone from the shapes of its official tensors, for files that do not say it. Heads are taken to be
 * 64 wide, as in all released models; position embeddings are interpolated as the released models of that kind do:
 * with registers antialiased to the exact size, without with an offset of 0.1.
 */
public final class ShapeInference {
    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d+)\\..+");
    private static final int HEAD_WIDTH = 64;

    private ShapeInference() {}

    /**
     * Infers the shape.
     *
     * @param where the file, for error messages
     * @param shapes sizes by official name
     */
    public static VitConfig infer(String where, Map<String, List<Long>> shapes) {
        List<Long> patch = shape(where, shapes, "patch_embed.proj.weight", 4);
        List<Long> positions = shape(where, shapes, "pos_embed", 3);
        int width = size(where, patch.get(0));
        int side = size(where, patch.get(2));
        long grid = Math.round(Math.sqrt(positions.get(1) - 1));
        if (!patch.get(2).equals(patch.get(3)) || grid * grid != positions.get(1) - 1 || grid < 1) {
            throw new BadInputException(
                    where, "its patches or its position grid are not square", "only square ones are supported");
        }
        if (width % HEAD_WIDTH != 0) {
            throw new BadInputException(
                    where,
                    "the number of attention heads cannot be told from a width of " + width,
                    "convert the file to a folder with a config.json that says num_attention_heads");
        }
        boolean swiglu = shapes.containsKey("blocks.0.mlp.w12.weight");
        List<Long> hiddenLayer = shape(where, shapes, swiglu ? "blocks.0.mlp.w3.weight" : "blocks.0.mlp.fc1.weight", 2);
        int hidden = size(where, hiddenLayer.get(swiglu ? 1 : 0));
        int registers = shapes.containsKey("register_tokens")
                ? size(where, shape(where, shapes, "register_tokens", 3).get(1))
                : 0;
        return new VitConfig(
                "vit",
                width,
                depth(shapes),
                width / HEAD_WIDTH,
                ratio(width, hidden, swiglu ? Ffn.SWIGLU : Ffn.MLP),
                side,
                Math.multiplyExact((int) grid, side),
                registers,
                swiglu ? Ffn.SWIGLU : Ffn.MLP,
                1e-5,
                shapes.containsKey("blocks.0.attn.qkv.bias"),
                registers > 0 ? 0 : 0.1,
                registers > 0,
                0,
                true,
                size(where, patch.get(1)));
    }

    private static double ratio(int width, int hidden, Ffn ffn) {
        if (ffn.hidden(width, 4) == hidden) {
            return 4;
        }
        return (double) hidden / width * (ffn == Ffn.SWIGLU ? 1.5 : 1);
    }

    private static int depth(Map<String, List<Long>> shapes) {
        int depth = 0;
        for (String name : shapes.keySet()) {
            Matcher block = BLOCK.matcher(name);
            if (block.matches() && block.group(1).length() < 6) {
                depth = Math.max(depth, Integer.parseInt(block.group(1)) + 1);
            }
        }
        return depth;
    }

    private static List<Long> shape(String where, Map<String, List<Long>> shapes, String name, int dimensions) {
        List<Long> shape = shapes.get(name);
        if (shape == null || shape.size() != dimensions) {
            throw new BadInputException(
                    where,
                    shape == null ? "it has no tensor '" + name + "'" : "its tensor '" + name + "' has shape " + shape,
                    "give a vision transformer of the DINOv2 kind");
        }
        return shape;
    }

    private static int size(String where, long value) {
        if (value < 1 || value > 1 << 20) {
            throw new BadInputException(where, "a tensor has the size " + value, "the file may be damaged");
        }
        return (int) value;
    }
}
