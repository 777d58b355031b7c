package org.dinobench.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * Trades time for memory: parts of a network forget their activations and compute them again when their gradients
 * arrive. One object serves one step:
 *
 * <pre>{@code
 * ActivationCheckpoint checkpoint = new ActivationCheckpoint();
 * Tensor y = checkpoint.run(x, part);      // as often as there are parts, one after the other
 * loss(y).backward();                      // stops at the last part's result
 * checkpoint.backward();                   // goes on through the parts, last to first, and what came before them
 * }</pre>
 *
 * <p>Results and inputs live in the scope that is open during {@link #run}; it must still be open in
 * {@link #backward()}.
 */
public final class ActivationCheckpoint {
    private final List<Link> links = new ArrayList<>();

    private record Link(Tensor input, UnaryOperator<Tensor> part, Tensor result) {}

    /**
     * Computes {@code part(input)} so that only the input is kept.
     *
     * @param input a floating-point tensor
     * @param part gives the same result when called again, with the same parameters
     * @return the result, a leaf that collects its gradient until {@link #backward()}; without recording in this thread
     *     simply {@code part(input)}
     */
    public Tensor run(Tensor input, UnaryOperator<Tensor> part) {
        if (!Torch.gradEnabled()) {
            return part.apply(input);
        }
        Tensor result;
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            result = scope.keep(part.apply(input).detach());
        }
        result.set_requires_grad(true);
        links.add(new Link(input, part, result));
        return result;
    }

    /**
     * Carries the gradients of the results on: to the parameters of the parts and to whatever their inputs were computed
     * from. The object is empty and can be used again afterwards.
     */
    public void backward() {
        for (int i = links.size() - 1; i >= 0; i--) {
            backward(links.get(i));
        }
        links.clear();
    }

    private static void backward(Link link) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch on = Torch.grad(true)) {
            Tensor gradient = link.result().grad();
            if (!gradient.defined()) {
                return; // the loss does not depend on this part
            }
            Tensor input = link.input().detach();
            boolean linked = link.input().requires_grad();
            input.set_requires_grad(linked);
            backward(link.part().apply(input), gradient);
            link.result().mutable_grad().reset();
            if (linked && input.grad().defined()) {
                backward(link.input(), input.grad());
            }
        }
    }

    private static void backward(Tensor tensor, Tensor gradient) {
        tensor.backward(gradient, new BoolOptional(false), false, new TensorArrayRefOptional());
    }
}
