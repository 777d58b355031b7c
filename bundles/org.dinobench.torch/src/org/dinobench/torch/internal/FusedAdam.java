package org.dinobench.torch.internal;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.dinobench.torch.TensorScope;

/**
 * libtorch's fused AdamW: one pass over values, gradients and moments, where single operations take eight. It has no
 * function in libtorch's C++ interface, so it is called through the dispatcher. Calls belong in an open
 * {@link TensorScope} without recording.
 */
public final class FusedAdam {
    private final OperatorHandle operator;
    private final Type.TypePtr tensorType;

    /** Looks the operator up. */
    public FusedAdam() {
        NativeStart.ensure();
        try (TensorScope scope = TensorScope.open()) {
            operator = scope.detach(Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", ""));
            tensorType = scope.detach(new Type.TypePtr(TensorType.get()));
        }
    }

    /**
     * What is the same for all elements of one call.
     *
     * @param rate learning rate
     * @param beta1 decay of the mean
     * @param beta2 decay of the mean square
     * @param weightDecay decoupled weight decay
     * @param epsilon added to the root
     */
    public record Numbers(double rate, double beta1, double beta2, double weightDecay, double epsilon) {}

    /**
     * Updates values and moments in place.
     *
     * @param values {@code [n]}, contiguous
     * @param gradient {@code [n]}, read
     * @param mean {@code [n]}
     * @param square {@code [n]}
     * @param step number of this step from 1, a float32 tensor without dimensions
     * @param numbers the rates
     */
    public void update(Tensor values, Tensor gradient, Tensor mean, Tensor square, Tensor step, Numbers numbers) {
        IValueVector arguments = new IValueVector();
        arguments
                .push_back(list(values))
                .push_back(list(gradient))
                .push_back(list(mean))
                .push_back(list(square))
                .push_back(list())
                .push_back(list(step))
                .push_back(new IValue(numbers.rate()))
                .push_back(new IValue(numbers.beta1()))
                .push_back(new IValue(numbers.beta2()))
                .push_back(new IValue(numbers.weightDecay()))
                .push_back(new IValue(numbers.epsilon()))
                .push_back(new IValue(false)) // amsgrad
                .push_back(new IValue(false)) // maximize
                .push_back(new IValue()) // gradient scale
                .push_back(new IValue()); // whether a gradient was infinite
        operator.callBoxed(arguments);
    }

    private IValue list(Tensor... tensors) {
        GenericList list = new GenericList(tensorType);
        for (Tensor tensor : tensors) {
            list.push_back(new IValue(tensor));
        }
        return new IValue(list);
    }
}
