package org.dinobench.faiss;

import org.dinobench.faiss.internal.Native;
import org.dinobench.faiss.internal.NativeLibrary;

/** What holds for the whole library: its version and the number of threads. */
public final class Faiss {
    private static volatile int threads = defaultThreads();

    private Faiss() {}

    /**
     * The version of the linked Faiss, such as {@code 1.7.3}.
     *
     * @throws org.dinobench.core.problem.BadInputException when there is no native library for this machine
     */
    public static String version() {
        NativeLibrary.require();
        return Native.version();
    }

    /** How the linked Faiss was compiled: the instruction set that it uses. */
    public static String compileOptions() {
        NativeLibrary.require();
        return Native.compileOptions();
    }

    /** Threads that each call of this library uses: at first {@code OMP_NUM_THREADS}, or all processors. */
    public static int threads() {
        return threads;
    }

    /**
     * Sets the threads of all later calls in this process. Other users of OpenMP, such as libtorch, keep their own
     * number.
     *
     * @param count at least 1
     */
    public static void setThreads(int count) {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("Threads must be 1 to 1024, not " + count);
        }
        threads = count;
    }

    /** Runs a computing call with the threads of this library, and leaves the thread's own setting as it was. */
    static void computing(Runnable call) {
        int before = Native.useThreads(threads);
        try {
            call.run();
        } finally {
            Native.useThreads(before);
        }
    }

    private static int defaultThreads() {
        int processors = Runtime.getRuntime().availableProcessors();
        String wanted = System.getenv("OMP_NUM_THREADS");
        if (wanted != null && wanted.matches("[1-9][0-9]{0,2}")) {
            return Integer.parseInt(wanted);
        }
        return processors;
    }
}
