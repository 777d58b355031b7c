package org.dinobench.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/**
 * The link of one checkpointed part in the autograd graph. libtorch's Java face has no user-defined functions, so the
 * link is an identity whose gradient two hooks replace: the one on the result computes the part again and runs its
 * backward, the one on the input hands on what came out.
 */
final class Recomputation {
    private final Tensor input;
    private final UnaryOperator<Tensor> part;
    private Tensor inputGradient;

    Recomputation(Tensor input, UnaryOperator<Tensor> part) {
        this.input = input;
        this.part = part;
    }

    /**
     * @param result values of {@code part(input)}, at most as many rows as the input
     * @return a tensor with those values that is linked to the input
     */
    Tensor attach(Tensor result) {
        if (result.dim() != input.dim() || result.size(0) > input.size(0)) {
            throw new IllegalArgumentException("A checkpointed part may only drop rows of its input");
        }
        Tensor source = input.requires_grad() ? input.view(Tensors.shape(input)) : leaf();
        Tensor linked = source.narrow(0, 0, result.size(0)).clone();
        linked.set_data(result);
        source.register_hook(new HandOn(this));
        linked.register_hook(new Recompute(this));
        return linked;
    }

    private Tensor leaf() {
        Tensor leaf = input.detach();
        leaf.set_requires_grad(true);
        return leaf;
    }

    private TensorBase recompute(TensorBase gradient) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch on = Torch.grad(true)) {
            Tensor again = leaf();
            part.apply(again)
                    .backward(new Tensor(gradient), new BoolOptional(false), false, new TensorArrayRefOptional());
            inputGradient = scope.keep(again.grad());
        }
        return gradient;
    }

    private TensorBase handOn() {
        Tensor gradient = inputGradient;
        inputGradient = null;
        return gradient;
    }

    private static final class Recompute extends TensorTensorHook {
        private final Recomputation link;

        Recompute(Recomputation link) {
            super();
            this.link = link;
        }

        @Override
        public TensorBase call(TensorBase gradient) {
            return link.recompute(gradient);
        }
    }

    private static final class HandOn extends TensorTensorHook {
        private final Recomputation link;

        HandOn(Recomputation link) {
            super();
            this.link = link;
        }

        @Override
        public TensorBase call(TensorBase gradient) {
            return link.handOn();
        }
    }
}
