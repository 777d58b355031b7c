package org.dinobench.trainer.step;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;

/**
 * The state of an objective, such as moving centres, as it was between two steps. Centres move in the middle of a step;
 * a step that is given up there, or a checkpoint written there, needs those of before.
 */
public final class ObjectiveSnapshot implements AutoCloseable {
    private final Map<String, Tensor> current;
    private final Map<String, Tensor> kept = new LinkedHashMap<>();

    /** Copies the state. */
    public ObjectiveSnapshot(Objective objective) {
        this.current = objective.state();
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            current.forEach((name, tensor) -> kept.put(name, scope.detach(tensor.clone())));
        }
    }

    /** Exchanges the objective's state and the copy; done twice, nothing has changed. */
    public void exchange() {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            current.forEach((name, tensor) -> {
                Tensor now = tensor.clone();
                tensor.copy_(kept.get(name));
                kept.get(name).copy_(now);
            });
        }
    }

    @Override
    public void close() {
        kept.values().forEach(Tensor::close);
        kept.clear();
    }
}
