package org.dinobench.losses;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * A part of the training objective, made for one run by its {@link LossProvider}. Called once a step (with gradient
 * accumulation: once a micro-batch) by the training thread alone.
 */
public interface LossTerm {
    /** What must be computed for this loss. */
    Set<StepOutput> needs();

    /**
     * The loss of one step.
     *
     * @param outputs student and teacher outputs; must not be changed in place
     * @return one entry for each named part; scalars whose gradient reaches the student's outputs
     */
    List<LossValue> compute(StepOutputs outputs);

    /** Tensors that a checkpoint has to hold so that the run goes on unchanged, by name; they are written in place. */
    default Map<String, Tensor> state() {
        return Map.of();
    }
}
