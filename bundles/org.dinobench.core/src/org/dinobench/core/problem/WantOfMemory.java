package org.dinobench.core.problem;

import java.util.List;

/** Tells whether a failure was want of memory, which native libraries report as an error like any other. */
public final class WantOfMemory {
    /** How libtorch, C++, OpenCV and DuckDB say it. */
    private static final List<String> WORDS = List.of(
            "can't allocate memory",
            "not enough memory",
            "std::bad_alloc",
            "Insufficient memory",
            "Cannot allocate memory",
            "Out of Memory Error");

    private WantOfMemory() {}

    /** Whether Java's heap, memory outside it, or a native library's allocator had nothing left. */
    public static boolean is(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof OutOfMemoryError || WORDS.stream().anyMatch(text::contains)) {
                return true;
            }
        }
        return false;
    }
}
