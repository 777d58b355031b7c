package org.dinobench.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Trades time for memory: a part of a network forgets its activations and computes them again when its gradient
 * arrives.
 */
public final class ActivationCheckpoint {
    private ActivationCheckpoint() {}

    /**
     * Computes {@code part(input)} so that only the input is kept for {@code backward}.
     *
     * @param input a floating-point tensor
     * @param part a function of the same shape and type that gives the same result when called again
     * @return the result; its gradient flows to {@code input} and to the parameters that {@code part} uses
     */
    public static Tensor run(Tensor input, UnaryOperator<Tensor> part) {
        if (!Torch.gradEnabled()) {
            return part.apply(input);
        }
        Tensor result;
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            result = scope.keep(part.apply(input));
        }
        return new Recomputation(input, part).attach(result);
    }
}
