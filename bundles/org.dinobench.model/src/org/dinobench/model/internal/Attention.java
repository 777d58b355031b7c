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
        for (int i = 0; i < parts.size(); i++) {
            Segment segment = segments.get(i);
            Tensor[] split = heads(parts.get(i), segment);
            boolean first = onlyClassTokens && segment.classTokenOnly();
            Tensor query = first ? split[0].narrow(2, 0, 1) : split[0];
            Tensor out =
                    attend(kernel, query, split[1], split[2], rows.scalar_type().intern());
            long count = first ? segment.samples() : segment.rows();
            attended.add(out.transpose(1, 2).reshape(count, -1));
        }
        return projection.applyScaled(TokenStream.concatenate(attended), factor);
    }

    /**
     * With rounded products, libtorch's fused kernel is many times slower in bfloat16 than in float32 (without AMX), and
     * for middling lengths explicit products in bfloat16 beat both; longer ones would need too much memory.
     */
    private static Tensor attend(AttentionKernel kernel, Tensor query, Tensor key, Tensor value, ScalarType type) {
        if (query.scalar_type().intern() == type) {
            return kernel.apply(query, key, value);
        }
        long length = key.size(2);
        if (kernel == AttentionKernel.FUSED && (length < SHORTEST_EXPLICIT || length > LONGEST_EXPLICIT)) {
            return kernel.apply(query.to(type), key.to(type), value.to(type));
        }
        return AttentionKernel.EXPLICIT.apply(query, key, value);
    }

    /** Probabilities {@code [B, H, T, T]} of one segment. */
    Tensor probabilities(Tensor rows, Segment segment) {
        Tensor[] split = heads(qkv.apply(rows).to(rows.scalar_type()), segment);
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
