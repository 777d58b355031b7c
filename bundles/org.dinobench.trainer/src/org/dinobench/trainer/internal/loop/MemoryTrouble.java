package org.dinobench.trainer.internal.loop;

/** Tells whether a failure was want of memory, which libtorch reports as an error like any other. */
final class MemoryTrouble {
    /** What to do about it. */
    static final String SENTENCE = "Out of memory. Use a smaller train.batch_size_per_gpu with"
            + " train.gradient_accumulation, or train.activation_checkpointing=true; then go on with --resume.";

    private MemoryTrouble() {}

    /** Whether Java's heap, memory outside it, or libtorch's allocator had nothing left. */
    static boolean is(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof OutOfMemoryError
                    || text.contains("can't allocate memory")
                    || text.contains("not enough memory")
                    || text.contains("std::bad_alloc")) {
                return true;
            }
        }
        return false;
    }
}
