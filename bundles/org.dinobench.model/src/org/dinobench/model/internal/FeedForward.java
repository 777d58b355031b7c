package org.dinobench.model.internal;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.model.Ffn;
import org.dinobench.torch.FlatParameters;

/** The feed-forward half of a block, without its residual. */
final class FeedForward {
    private final Ffn kind;
    private final Linear first;
    private final Linear second;

    FeedForward(FlatParameters.Module module, String name, Ffn kind) {
        this.kind = kind;
        this.first = new Linear(module, name + (kind == Ffn.MLP ? ".fc1" : ".w12"));
        this.second = new Linear(module, name + (kind == Ffn.MLP ? ".fc2" : ".w3"));
    }

    /** {@code [rows, D] -> [rows, D]}, times a factor for each output. */
    Tensor applyScaled(Tensor rows, Tensor factor) {
        Tensor inner = first.apply(rows);
        return second.applyScaled(kind == Ffn.MLP ? torch.gelu(inner) : gated(inner), factor);
    }

    private static Tensor gated(Tensor inner) {
        TensorVector halves = inner.chunk(2, -1);
        return torch.silu(halves.get(0)).mul(halves.get(1));
    }
}
