package org.dinobench.trainer.bench;

import java.util.Locale;
import org.dinobench.model.ForwardOptions.DropMode;
import org.dinobench.torch.AttentionKernel;
import org.dinobench.trainer.step.StepMode;

/** What makes the efficient step efficient; each can be turned off alone to see what it gives. */
public enum StepSwitch {
    /** libtorch's fused attention; off: explicit softmax. */
    FUSED_ATTENTION {
        @Override
        StepMode off(StepMode mode) {
            return new StepMode(
                    mode.packed(),
                    AttentionKernel.EXPLICIT,
                    mode.dropMode(),
                    mode.headsOnNeededTokens(),
                    mode.classTokensOfLocals(),
                    mode.checkpointing());
        }
    },
    /** Global and local crops as one sequence; off: one forward pass a size. */
    PACKING {
        @Override
        StepMode off(StepMode mode) {
            return mode.withPacking(false);
        }
    },
    /** Stochastic depth that skips the work of dropped samples; off: multiplied by zero. */
    DROP_SKIPS_WORK {
        @Override
        StepMode off(StepMode mode) {
            return new StepMode(
                    mode.packed(),
                    mode.attention(),
                    DropMode.MASKED,
                    mode.headsOnNeededTokens(),
                    mode.classTokensOfLocals(),
                    mode.checkpointing());
        }
    },
    /** Heads on class tokens and masked patches; off: on all patches. */
    NEEDED_TOKENS {
        @Override
        StepMode off(StepMode mode) {
            return new StepMode(
                    mode.packed(),
                    mode.attention(),
                    mode.dropMode(),
                    false,
                    mode.classTokensOfLocals(),
                    mode.checkpointing());
        }
    },
    /** Of local crops only the class token is finished in the last block; off: all tokens. */
    LOCAL_CLASS_TOKENS {
        @Override
        StepMode off(StepMode mode) {
            return new StepMode(
                    mode.packed(),
                    mode.attention(),
                    mode.dropMode(),
                    mode.headsOnNeededTokens(),
                    false,
                    mode.checkpointing());
        }
    },
    /** Optimizer and average on flat buffers; off: parameter by parameter. */
    FLAT_BUFFERS {
        @Override
        StepMode off(StepMode mode) {
            return mode;
        }
    };

    /** The step without this switch. */
    abstract StepMode off(StepMode mode);

    /** The name on the command line: lower case with hyphens. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
