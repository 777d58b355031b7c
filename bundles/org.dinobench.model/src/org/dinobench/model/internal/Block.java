package org.dinobench.model.internal;

import org.bytedeco.pytorch.Tensor;
import org.dinobench.model.ForwardOptions;
import org.dinobench.model.ForwardOptions.DropMode;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;

/** One transformer block: attention and feed-forward, each with norm, LayerScale, stochastic depth and residual. */
final class Block {
    private final double dropRate;
    private final Norm firstNorm;
    private final Attention attention;
    private final Tensor firstScale;
    private final Norm secondNorm;
    private final FeedForward feedForward;
    private final Tensor secondScale;

    Block(FlatParameters.Module module, VitConfig config, int index) {
        String name = "blocks." + index;
        this.dropRate = config.dropRate(index);
        this.firstNorm = new Norm(module, name + ".norm1");
        this.attention = new Attention(module, name + ".attn", config.heads());
        this.firstScale = module.get(name + ".ls1.gamma");
        this.secondNorm = new Norm(module, name + ".norm2");
        this.feedForward = new FeedForward(module, name + ".mlp", config.ffn());
        this.secondScale = module.get(name + ".ls2.gamma");
    }

    /**
     * @param last whether this is the last block, where segments that want only their class token lose the others
     */
    TokenStream apply(TokenStream stream, ForwardOptions options, boolean last) {
        TokenStream attended = residual(
                stream,
                options,
                last,
                (rows, segments) ->
                        attention.applyScaled(firstNorm.apply(rows), segments, options.attention(), last, firstScale));
        return residual(
                attended,
                options,
                false,
                (rows, segments) -> feedForward.applyScaled(secondNorm.apply(rows), secondScale));
    }

    /** Attention probabilities {@code [B, H, T, T]} for a stream of one segment. */
    Tensor probabilities(TokenStream stream) {
        return attention.probabilities(
                firstNorm.apply(stream.packed()), stream.segments().get(0));
    }

    private TokenStream residual(TokenStream stream, ForwardOptions options, boolean last, ResidualDrop.Branch branch) {
        if (options.drop() == null || dropRate == 0) {
            return ResidualDrop.none(stream, last, branch);
        }
        return options.dropMode() == DropMode.BATCH_SUBSET
                ? ResidualDrop.subset(stream, dropRate, options.drop(), last, branch)
                : ResidualDrop.masked(stream, dropRate, options.drop(), last, branch);
    }
}
