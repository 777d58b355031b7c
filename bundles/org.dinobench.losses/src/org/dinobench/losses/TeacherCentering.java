package org.dinobench.losses;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Turns the teacher's prototype scores into targets, so that no prototype takes all (collapse). One object serves one
 * kind of tokens of one run (class tokens or masked patches), since it may keep statistics of them.
 */
public interface TeacherCentering {
    /**
     * The targets of one step; statistics that the next step uses are updated by this call.
     *
     * @param logits {@code [B, K]} the teacher's scores, no gradient; not changed
     * @param temperature the teacher's temperature of this step, above 0
     * @return {@code [B, K]} a new tensor of the same type; each row sums to 1. For B = 0 an empty tensor.
     */
    Tensor targets(Tensor logits, double temperature);

    /** Tensors that a checkpoint has to hold, by name; restored by copying into them. */
    Map<String, Tensor> state();
}
