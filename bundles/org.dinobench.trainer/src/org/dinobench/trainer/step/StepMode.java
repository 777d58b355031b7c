package org.dinobench.trainer.step;

import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.spec.train.LoopSpec;
import org.dinobench.core.spec.train.TrainMode;
import org.dinobench.model.DropSource;
import org.dinobench.model.ForwardOptions;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AttentionKernel;
import org.dinobench.torch.ComputeDevice;

/**
 * How a step is carried out; each switch can be measured alone. All combinations compute the same objective: without
 * stochastic depth the results are equal up to rounding.
 *
 * @param packed global and local crops as one packed sequence; otherwise one forward pass a size
 * @param attention the fused kernel, or explicit softmax
 * @param dropMode stochastic depth that skips the work of dropped samples, or that multiplies it by zero
 * @param headsOnNeededTokens heads on class tokens and masked patches only; otherwise on all patches
 * @param classTokensOfLocals of local crops only the class token is finished in the last block
 * @param checkpointing blocks keep their input only and are computed again in the backward pass
 */
public record StepMode(
        boolean packed,
        AttentionKernel attention,
        ForwardOptions.DropMode dropMode,
        boolean headsOnNeededTokens,
        boolean classTokensOfLocals,
        boolean checkpointing) {
    /** Everything that saves time or memory without changing results, without checkpointing. */
    public static final StepMode EFFICIENT =
            new StepMode(true, AttentionKernel.FUSED, ForwardOptions.DropMode.BATCH_SUBSET, true, true, false);

    /** The way of iBOT's code, as the yardstick of DINOv2's section 5. */
    public static final StepMode IBOT =
            new StepMode(false, AttentionKernel.EXPLICIT, ForwardOptions.DropMode.MASKED, false, false, false);

    /** The switches of a specification. */
    public static StepMode of(LoopSpec loop) {
        StepMode mode = loop.mode() == TrainMode.EFFICIENT ? EFFICIENT : IBOT;
        return mode.withCheckpointing(loop.activationCheckpointing());
    }

    /** The same with or without activation checkpointing. */
    public StepMode withCheckpointing(boolean on) {
        return new StepMode(packed, attention, dropMode, headsOnNeededTokens, classTokensOfLocals, on);
    }

    /** The same with or without packing. */
    public StepMode withPacking(boolean on) {
        return new StepMode(on, attention, dropMode, headsOnNeededTokens, classTokensOfLocals, checkpointing);
    }

    /**
     * These switches for a network of a type. The fused kernel's backward pass is several times slower in bfloat16 on
     * processors than explicit softmax at the lengths of crops (5 times at 17 and 65 tokens, twice at 257), so there
     * the explicit form is taken.
     */
    StepMode suitedTo(ScalarType type, ComputeDevice device) {
        boolean explicit = type == ScalarType.BFloat16 && device.equals(ComputeDevice.CPU);
        return explicit && attention == AttentionKernel.FUSED
                ? new StepMode(
                        packed,
                        AttentionKernel.EXPLICIT,
                        dropMode,
                        headsOnNeededTokens,
                        classTokensOfLocals,
                        checkpointing)
                : this;
    }

    /** @param checkpoint of this step, or null without checkpointing */
    ForwardOptions student(DropSource drop, ActivationCheckpoint checkpoint) {
        return new ForwardOptions(packed, attention, drop, dropMode, checkpoint);
    }

    ForwardOptions teacher() {
        return new ForwardOptions(packed, attention, null, dropMode, null);
    }
}
