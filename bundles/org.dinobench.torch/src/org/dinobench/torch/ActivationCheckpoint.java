package org.dinobench.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * Cuts the backward pass at the borders of a network's parts. By that it trades time for memory: parts forget their
 * activations and compute them again when their gradients arrive. Or, where activations are kept, it lets somebody
 * bring a part's weights before its backward pass and take its gradients away after. One object serves one step:
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
    private final boolean recomputing;
    private final Listener listener;

    /**
     * @param start what the part was applied to: the input, or a leaf in its place
     * @param kept the result with the part's graph, or null when it is computed again
     */
    private record Link(Tensor input, UnaryOperator<Tensor> part, Tensor result, Tensor start, Tensor kept) {}

    /** Told of the parts, numbered in the order of their forward passes from 0. */
    public interface Listener {
        /** A part's forward pass begins. */
        void beginForward(int part);

        /** It has ended. */
        void endForward(int part);

        /** A part's backward pass begins; parts come last to first. */
        void beginBackward(int part);

        /** It has ended: its share of its weights' gradients is there. */
        void endBackward(int part);
    }

    /** Parts are computed again. */
    public ActivationCheckpoint() {
        this(true, new Listener() {
            @Override
            public void beginForward(int part) {}

            @Override
            public void endForward(int part) {}

            @Override
            public void beginBackward(int part) {}

            @Override
            public void endBackward(int part) {}
        });
    }

    /**
     * @param recomputing whether parts are computed again; otherwise they keep their activations
     * @param listener is told of the parts
     */
    public ActivationCheckpoint(boolean recomputing, Listener listener) {
        this.recomputing = recomputing;
        this.listener = listener;
    }

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
        int number = links.size();
        listener.beginForward(number);
        Link link = recomputing ? forgetting(input, part) : keeping(input, part);
        link.result().set_requires_grad(true);
        links.add(link);
        listener.endForward(number);
        return link.result();
    }

    private static Link forgetting(Tensor input, UnaryOperator<Tensor> part) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            return new Link(input, part, scope.keep(part.apply(input).detach()), input, null);
        }
    }

    private static Link keeping(Tensor input, UnaryOperator<Tensor> part) {
        // the result of the part before is a leaf already
        Tensor start = input;
        if (input.requires_grad() && !input.is_leaf()) {
            start = input.detach();
            start.set_requires_grad(true);
        }
        Tensor kept = part.apply(start);
        return new Link(input, part, kept.detach(), start, kept);
    }

    /**
     * Carries the gradients of the results on: to the parameters of the parts and to whatever their inputs were computed
     * from. The object is empty and can be used again afterwards.
     */
    public void backward() {
        for (int i = links.size() - 1; i >= 0; i--) {
            listener.beginBackward(i);
            Tensor gradient = links.get(i).result().grad();
            // without one the loss does not depend on this part
            if (gradient.defined()) {
                if (recomputing) {
                    again(links.get(i), gradient);
                } else {
                    backward(links.get(i), gradient);
                }
            }
            listener.endBackward(i);
        }
        links.clear();
    }

    private static void again(Link link, Tensor gradient) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch on = Torch.grad(true)) {
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

    private static void backward(Link link, Tensor gradient) {
        backward(link.kept(), gradient);
        link.result().mutable_grad().reset();
        if (link.start() != link.input() && link.start().grad().defined()) {
            backward(link.input(), link.start().grad());
        }
    }

    private static void backward(Tensor tensor, Tensor gradient) {
        tensor.backward(gradient, new BoolOptional(false), false, new TensorArrayRefOptional());
    }
}
