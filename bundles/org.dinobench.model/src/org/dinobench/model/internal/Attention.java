package org.dinobench.model.internal;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.dinobench.torch.AttentionKernel;
import org.dinobench.torch.FlatParameters;

/** Self-attention within each sample of a packed sequence, without its residual. */
final class Attention {
    private final int heads;
    private final Linear qkv;
    private final Linear projection;

    Attention(FlatParameters.Module module, String name, int heads) {
        this.heads = heads;
        this.qkv = new Linear(module, name + ".qkv");
        this.projection = new Linear(module, name + ".proj");
    }

    /**
     * @param rows {@code [rows, D]}, normalised
     * @param onlyClassTokens whether segments that want only their class token get only that one computed
     * @return {@code [rows, D]} times a factor for each output; {@code [samples, D]} for such segments
     */
    Tensor applyScaled(
            Tensor rows, List<Segment> segments, AttentionKernel kernel, boolean onlyClassTokens, Tensor factor) {
        List<Tensor> parts = TokenStream.split(qkv.apply(rows), segments);
        List<Tensor> attended = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Segment segment = segments.get(i);
            Tensor[] split = heads(parts.get(i), segment);
            boolean first = onlyClassTokens && segment.classTokenOnly();
            Tensor query = first ? split[0].narrow(2, 0, 1) : split[0];
            Tensor out = kernel.apply(query, split[1], split[2]);
            long count = first ? segment.samples() : segment.rows();
            attended.add(out.transpose(1, 2).reshape(count, -1));
        }
        return projection.applyScaled(TokenStream.concatenate(attended), factor);
    }

    /** Probabilities {@code [B, H, T, T]} of one segment. */
    Tensor probabilities(Tensor rows, Segment segment) {
        Tensor[] split = heads(qkv.apply(rows), segment);
        return AttentionKernel.probabilities(split[0], split[1]);
    }

    /** Query, key and value {@code [B, H, T, D / H]}: views of {@code [B * T, 3 D]}. */
    private Tensor[] heads(Tensor rows, Segment segment) {
        TensorVector three = rows.view(segment.samples(), segment.tokens(), 3, heads, rows.size(1) / (3L * heads))
                .unbind(2);
        return new Tensor[] {
            three.get(0).transpose(1, 2),
            three.get(1).transpose(1, 2),
            three.get(2).transpose(1, 2)
        };
    }
}
