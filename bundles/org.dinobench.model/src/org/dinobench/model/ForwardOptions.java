package org.dinobench.model;

import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AttentionKernel;

/**
 * How a forward pass is computed. Results differ only in rounding, and by stochastic depth when {@code drop} is given.
 *
 * @param packed whether crops of all sizes run as one sequence (norms, projections and feed-forward on all tokens at
 *     once, attention within each image); otherwise size after size
 * @param attention kernel of the attention
 * @param drop chance for stochastic depth; null in evaluation, and for teachers
 * @param dropMode how samples are dropped
 * @param checkpoint when given, blocks keep only their input and are computed again by its {@code backward}, which the
 *     caller calls after the loss's; null keeps all activations
 */
public record ForwardOptions(
        boolean packed,
        AttentionKernel attention,
        DropSource drop,
        DropMode dropMode,
        ActivationCheckpoint checkpoint) {
    /** Packed, fused attention, no stochastic depth: teachers and inference. */
    public static final ForwardOptions EVALUATION =
            new ForwardOptions(true, AttentionKernel.FUSED, null, DropMode.BATCH_SUBSET, null);

    /** Packed, fused attention, stochastic depth on subsets of the batch: students (DINOv2, section 5). */
    public static ForwardOptions training(DropSource drop) {
        return new ForwardOptions(true, AttentionKernel.FUSED, drop, DropMode.BATCH_SUBSET, null);
    }

    /** Size after size, explicit softmax, masked stochastic depth: the way of iBOT's code, for comparison. */
    public static ForwardOptions ibot(DropSource drop) {
        return new ForwardOptions(false, AttentionKernel.EXPLICIT, drop, DropMode.MASKED, null);
    }

    /** These options with activation checkpointing, or with null without. */
    public ForwardOptions withCheckpoint(ActivationCheckpoint recomputing) {
        return new ForwardOptions(packed, attention, drop, dropMode, recomputing);
    }

    /** How stochastic depth drops samples from a residual branch. */
    public enum DropMode {
        /** The branch is computed for a random subset only and scaled by batch / subset (DINOv2). */
        BATCH_SUBSET,
        /** The branch is computed for all and multiplied by 0 or 1 / keep per sample. */
        MASKED
    }
}
