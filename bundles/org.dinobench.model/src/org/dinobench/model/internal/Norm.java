package org.dinobench.model.internal;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.FlatParameters;

/** Layer norm over the last dimension with eps 1e-6. */
public final class Norm {
    private static final double EPSILON = 1e-6;

    private final Tensor weight;
    private final Tensor bias;
    private final long[] width;

    /** @param name of the parameters {@code name.weight} and {@code name.bias} */
    public Norm(FlatParameters.Module module, String name) {
        this.weight = module.get(name + ".weight");
        this.bias = module.get(name + ".bias");
        this.width = new long[] {weight.size(0)};
    }

    /** {@code [.., D] -> [.., D]}, in the type of the parameters; a stream in fp32 is normalised in fp32. */
    public Tensor apply(Tensor tokens) {
        ScalarType type = weight.scalar_type().intern();
        ScalarType stream = tokens.scalar_type().intern();
        if (type != stream) {
            return torch.layer_norm(
                            tokens,
                            width,
                            new TensorOptional(weight.to(stream)),
                            new TensorOptional(bias.to(stream)),
                            EPSILON,
                            true)
                    .to(type);
        }
        return torch.layer_norm(tokens, width, new TensorOptional(weight), new TensorOptional(bias), EPSILON, true);
    }
}
