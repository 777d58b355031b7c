package org.dinobench.trainer.step;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterAttributes;

/**
 * How learning rate and weight decay differ between parameters, by their official names. A block's rate is {@code
 * decay} times that of the block after it; embeddings come before the first block, the final norm after the last one;
 * the patch embedding has a further factor. Biases, norms and LayerScale are not decayed; everything else is, the
 * class, mask and register tokens, position embeddings and both halves of a weight-normalised layer included.
 *
 * @param blocks number of transformer blocks
 * @param decay factor from a block to the one before it, above 0 to 1
 * @param patchEmbedFactor further factor of the patch embedding
 */
public record LayerDecay(int blocks, double decay, double patchEmbedFactor) {
    private static final Pattern BLOCK = Pattern.compile("(?:^|\\.)blocks\\.(\\d+)\\.");

    /** Gives every parameter of a student its rates. */
    public static void assign(FlatParameters student, ModelShape shape, OptimSpec optim) {
        LayerDecay decay = new LayerDecay(shape.backbone().depth(), optim.layerwiseDecay(), optim.patchEmbedLrMult());
        student.assign(parameter -> parameter.unit().module().equals(ModelShape.BACKBONE)
                ? decay.ofBackbone(parameter.spec().name())
                : ofHead(parameter.spec().name()));
    }

    /**
     * Attributes of a backbone's parameter.
     *
     * @param name name within the backbone, such as {@code blocks.3.attn.qkv.weight}
     */
    public ParameterAttributes ofBackbone(String name) {
        double rate = Math.pow(decay, blocks + 1 - layer(name));
        if (name.contains("patch_embed")) {
            rate *= patchEmbedFactor;
        }
        return new ParameterAttributes(rate, decayFactor(name), false);
    }

    /**
     * Attributes of a head's parameter.
     *
     * @param name name within the head, such as {@code last_layer.weight_v}
     */
    public static ParameterAttributes ofHead(String name) {
        return new ParameterAttributes(1, decayFactor(name), name.contains("last_layer"));
    }

    private int layer(String name) {
        Matcher block = BLOCK.matcher(name);
        if (block.find()) {
            return Integer.parseInt(block.group(1)) + 1;
        }
        boolean embedding = name.contains("pos_embed")
                || name.contains("patch_embed")
                || name.contains("mask_token")
                || name.contains("cls_token")
                || name.contains("register_tokens");
        return embedding ? 0 : blocks + 1;
    }

    private static double decayFactor(String name) {
        return name.endsWith(".bias") || name.contains("norm") || name.contains("gamma") ? 0 : 1;
    }
}
