package org.dinobench.torch;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Two ways of computing {@code softmax(q k' / sqrt(width)) v}; both work with {@code backward}. */
public enum AttentionKernel {
    /** libtorch's fused kernel, which never stores the matrix of probabilities. */
    FUSED {
        @Override
        public Tensor apply(Tensor query, Tensor key, Tensor value) {
            return torch.scaled_dot_product_attention(
                    query, key, value, new TensorOptional(), 0.0, false, new DoubleOptional(), false);
        }
    },
    /** Scores, softmax and product as separate operations: memory grows with the square of the length. */
    EXPLICIT {
        @Override
        public Tensor apply(Tensor query, Tensor key, Tensor value) {
            return torch.matmul(probabilities(query, key), value);
        }
    };

    /**
     * Attention of each head on its own.
     *
     * @param query {@code [B, H, T, W]}
     * @param key {@code [B, H, S, W]}
     * @param value {@code [B, H, S, W]}
     * @return {@code [B, H, T, W]}
     */
    public abstract Tensor apply(Tensor query, Tensor key, Tensor value);

    /** The probabilities {@code [B, H, T, S]} that a query gives to the keys. */
    public static Tensor probabilities(Tensor query, Tensor key) {
        Tensor scaled = query.mul(new Scalar(1 / Math.sqrt(query.size(3))));
        return torch.softmax(torch.matmul(scaled, key.transpose(2, 3)), -1);
    }
}
