package org.dinobench.losses;

import static org.bytedeco.pytorch.global.torch.dot;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The patch-level loss: cross-entropy between the teacher's assignment of a patch that it sees and the student's of the
 * same patch masked (DINOv2, section 4, "patch-level objective"). Within a crop the masked patches are averaged; the
 * sum over crops is divided by the number of all global crops, those without a mask included, as the reference does.
 */
public final class IbotPatchLoss implements LossTerm {
    /** Metrics key. */
    public static final String NAME = "ibot_loss";

    /** The reference writes half of what it adds: it doubles for two global crops and halves by its own scale. */
    private static final double SHOWN_SCALE = 0.5;

    private final IbotLossSpec spec;

    /** @param spec the configuration */
    public IbotPatchLoss(IbotLossSpec spec) {
        this.spec = spec;
    }

    @Override
    public Set<StepOutput> needs() {
        return Set.of(StepOutput.MASKED_PATCH_LOGITS);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads {@code patchLogits [M, K']}, {@code patchTargets [M, K']}, {@code patchWeights [M]}; M may be 0, then
     * the loss is 0.
     */
    @Override
    public List<LossValue> compute(StepOutputs outputs) {
        Tensor logits = StepOutputs.require(outputs.patchLogits(), StepOutput.MASKED_PATCH_LOGITS);
        Tensor targets = StepOutputs.require(outputs.patchTargets(), StepOutput.MASKED_PATCH_LOGITS);
        Tensor weights = StepOutputs.require(outputs.patchWeights(), StepOutput.MASKED_PATCH_LOGITS);
        Tensor logProbabilities = log_softmax(logits.mul(new Scalar(1 / spec.studentTemperature())), -1);
        Tensor weighted = targets.mul(weights.unsqueeze(-1));
        Tensor total = dot(logProbabilities.view(-1), weighted.reshape(-1));
        Tensor loss = total.mul(new Scalar(-1.0 / outputs.globalRows()));
        return List.of(new LossValue(NAME, loss, spec.weight(), SHOWN_SCALE));
    }
}
