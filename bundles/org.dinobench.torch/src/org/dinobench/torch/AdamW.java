package org.dinobench.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.internal.FusedAdam;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019) with the arithmetic of PyTorch's {@code AdamW}, on
 * flat tensors: whole units, or each rank's part of them. One fused pass a stretch of equal rates.
 */
public final class AdamW implements AutoCloseable {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final FusedAdam kernel = new FusedAdam();
    private final List<Slot> slots = new ArrayList<>();
    private long steps;

    /**
     * A stretch of a unit that one optimizer updates.
     *
     * @param unit the unit, for its name and attributes
     * @param from first element within the unit
     * @param to element after the last
     * @param values {@code [to - from]}, updated in place
     * @param gradient {@code [to - from]}, read
     */
    public record Slice(ParameterUnit unit, long from, long to, Tensor values, Tensor gradient) {}

    /**
     * The rates of one step.
     *
     * @param learningRate for all but last layers
     * @param lastLayerLearningRate for parameters marked as last layer
     * @param weightDecay decoupled weight decay
     */
    public record Rates(double learningRate, double lastLayerLearningRate, double weightDecay) {
        double learningRate(ParameterAttributes attributes) {
            return (attributes.lastLayer() ? lastLayerLearningRate : learningRate) * attributes.lrMultiplier();
        }

        double weightDecay(ParameterAttributes attributes) {
            return weightDecay * attributes.weightDecayMultiplier();
        }
    }

    private record Slot(Slice slice, Tensor mean, Tensor square) {}

    /**
     * @param slices what to update
     * @param beta1 decay of the mean, 0.9 in DINOv2
     * @param beta2 decay of the mean square, 0.999
     * @param epsilon added to the root, 1e-8
     */
    public AdamW(List<Slice> slices, double beta1, double beta2, double epsilon) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            for (Slice slice : slices) {
                if (slice.values().numel() != slice.to() - slice.from()
                        || slice.gradient().numel() != slice.values().numel()) {
                    throw new IllegalArgumentException(
                            "The slice of " + slice.unit().name() + " has wrong lengths");
                }
                slots.add(new Slot(
                        slice,
                        scope.detach(torch.zeros_like(slice.values())),
                        scope.detach(torch.zeros_like(slice.values()))));
            }
        }
    }

    /** An optimizer of all units. */
    public static AdamW of(FlatParameters parameters, double beta1, double beta2, double epsilon) {
        List<Slice> slices = parameters.units().stream()
                .map(unit -> new Slice(unit, 0, unit.length(), unit.data(), unit.gradient()))
                .toList();
        return new AdamW(slices, beta1, beta2, epsilon);
    }

    /** Updates the values from the gradients. */
    public void step(Rates rates) {
        steps++;
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor number = torch.scalar_tensor(new Scalar((double) steps));
            for (Slot slot : slots) {
                Slice slice = slot.slice();
                Tensor near = number.to(slot.mean().device(), torch.ScalarType.Float);
                for (ParameterUnit.Run run : slice.unit().runs(slice.from(), slice.to())) {
                    update(slot, run, near, rates);
                }
            }
        }
    }

    private void update(Slot slot, ParameterUnit.Run run, Tensor number, Rates rates) {
        long at = run.from() - slot.slice().from();
        long count = run.to() - run.from();
        try (TensorScope scope = TensorScope.open()) {
            kernel.update(
                    slot.slice().values().narrow(0, at, count),
                    slot.slice().gradient().narrow(0, at, count),
                    slot.mean().narrow(0, at, count),
                    slot.square().narrow(0, at, count),
                    number,
                    new FusedAdam.Numbers(
                            rates.learningRate(run.attributes()),
                            beta1,
                            beta2,
                            rates.weightDecay(run.attributes()),
                            epsilon));
        }
    }

    /** Number of steps taken. */
    public long steps() {
        return steps;
    }

    /**
     * The moments by name, {@code exp_avg.UNIT} and {@code exp_avg_sq.UNIT}, each as long as the unit's slice: views,
     * valid while this is open.
     */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (Slot slot : slots) {
            String unit = slot.slice().unit().name();
            state.put("exp_avg." + unit, slot.mean());
            state.put("exp_avg_sq." + unit, slot.square());
        }
        return state;
    }

    /**
     * Takes up a saved state.
     *
     * @param state tensors named and sized as those of {@link #state()}
     * @param stepsTaken number of steps behind that state
     * @throws IllegalArgumentException when a tensor is missing or has another size; nothing is changed then
     */
    public void load(Map<String, Tensor> state, long stepsTaken) {
        Map<String, Tensor> own = state();
        own.forEach((name, tensor) -> {
            Tensor saved = state.get(name);
            if (saved == null || saved.numel() != tensor.numel()) {
                throw new IllegalArgumentException("The optimizer state '" + name + "' is missing or has another size");
            }
        });
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            own.forEach((name, tensor) -> tensor.copy_(state.get(name).view(-1)));
        }
        resume(stepsTaken);
    }

    /** @param stepsTaken number of steps behind moments that were written into {@link #state()} directly */
    public void resume(long stepsTaken) {
        steps = stepsTaken;
    }

    @Override
    public void close() {
        for (Slot slot : slots) {
            slot.mean().close();
            slot.square().close();
        }
        slots.clear();
    }
}
