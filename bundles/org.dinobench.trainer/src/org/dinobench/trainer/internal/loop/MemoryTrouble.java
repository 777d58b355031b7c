package org.dinobench.trainer.internal.loop;

import org.dinobench.core.problem.WantOfMemory;

/** What a run says when memory runs out. */
final class MemoryTrouble {
    /** What to do about it. */
    static final String SENTENCE = "Out of memory. Use a smaller train.batch_size_per_gpu with"
            + " train.gradient_accumulation, or train.activation_checkpointing=true: train --resume --set KEY=VALUE.";

    private MemoryTrouble() {}

    /** Whether a failure was want of memory. */
    static boolean is(Throwable problem) {
        return WantOfMemory.is(problem);
    }
}
