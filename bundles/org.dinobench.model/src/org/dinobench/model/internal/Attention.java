package org.dinobench.model.internal;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.AttentionKernel;
import org.dinobench.torch.FlatParameters;

/** Self-attention within each sample of a packed sequence, without its residual. */
final class Attention {
    private static final int SHORTEST_EXPLICIT = 32;
    private static final int LONGEST_EXPLICIT = 512;

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
        ScalarType type = rows.scalar_type().intern();
        for (int i = 0; i < parts.size(); i++) {
            Segment segment = segments.get(i);
            boolean first = onlyClassTokens && segment.classTokenOnly();
            Tensor out = attend(kernel, parts.get(i), segment, first, type);
            long count = first ? segment.samples() : segment.rows();
            attended.add(out.transpose(1, 2).reshape(count, -1));
        }
        return projection.applyScaled(TokenStream.concatenate(attended), factor);
    }

    /**
     * With rounded products, libtorch's fused kernel is many times slower in bfloat16 than in float32 (without AMX), and
     * for middling lengths explicit products in bfloat16 beat both; longer ones would need too much memory. Either way
     * the rows are converted or rearranged once, not query, key and value one by one.
     */
    private Tensor attend(AttentionKernel kernel, Tensor rows, Segment segment, boolean first, ScalarType type) {
        if (rows.scalar_type().intern() == type) {
            return attend(kernel, heads(rows, segment), first);
        }
        int length = segment.tokens();
        if (kernel == AttentionKernel.FUSED && (length < SHORTEST_EXPLICIT || length > LONGEST_EXPLICIT)) {
            return attend(kernel, heads(rows.to(type), segment), first);
        }
        Tensor apart = rows.view(segment.samples(), length, 3, heads, rows.size(1) / (3L * heads))
                .permute(2, 0, 3, 1, 4)
                .contiguous();
        return attend(AttentionKernel.EXPLICIT, apart.unbind(0), first);
    }

    private static Tensor attend(AttentionKernel kernel, TensorVector three, boolean first) {
        Tensor query = first ? three.get(0).narrow(2, 0, 1) : three.get(0);
        return kernel.apply(query, three.get(1), three.get(2));
    }

    /** Probabilities {@code [B, H, T, T]} of one segment. */
    Tensor probabilities(Tensor rows, Segment segment) {
        TensorVector three = heads(qkv.apply(rows).to(rows.scalar_type()), segment);
        return AttentionKernel.probabilities(three.get(0), three.get(1));
    }

    /** Query, key and value {@code [B, H, T, D / H]}: views of {@code [B * T, 3 D]}. */
    private TensorVector heads(Tensor rows, Segment segment) {
        return rows.view(segment.samples(), segment.tokens(), 3, heads, rows.size(1) / (3L * heads))
                .permute(2, 0, 3, 1, 4)
                .unbind(0);
    }
}
