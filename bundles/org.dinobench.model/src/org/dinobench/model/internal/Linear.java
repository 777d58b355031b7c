package org.dinobench.model.internal;

import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.MatrixProducts;

/** A learned affine map of rows. */
public final class Linear {
    private final Tensor weight;
    private final Tensor bias;

    /** @param name of the parameters {@code name.weight [out, in]} and, if there is one, {@code name.bias [out]} */
    public Linear(FlatParameters.Module module, String name) {
        this.weight = module.get(name + ".weight");
        this.bias = module.has(name + ".bias") ? module.get(name + ".bias") : null;
    }

    /** {@code [.., in] -> [.., out]}; bfloat16 when products are rounded. */
    public Tensor apply(Tensor rows) {
        return MatrixProducts.reduced(rows, weight, bias);
    }

    /**
     * The map followed by a factor for each output. With many more rows than outputs the factor is folded into the
     * weight, which spares two passes over the rows in each direction.
     */
    public Tensor applyScaled(Tensor rows, Tensor factor) {
        if (rows.size(0) < 2 * weight.size(1)) {
            return apply(rows).mul(factor);
        }
        return MatrixProducts.reduced(rows, weight.mul(factor.unsqueeze(1)), bias == null ? null : bias.mul(factor));
    }
}
