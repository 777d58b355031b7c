package org.dinobench.torch;

import java.util.concurrent.Callable;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.internal.NativeStart;

/**
 * The door to libtorch. One copy of the native library serves DJL and JavaCPP in a process; {@link #start()} arranges
 * that and must come before the first use of a class of either, which every class of this bundle that touches tensors
 * ensures by itself.
 *
 * <p>Where unpacked natives are kept: the system property {@code dinobench.native.cache} or the environment variable
 * {@code DINOBENCH_NATIVE_CACHE} names one folder for both; otherwise DJL's {@code DJL_CACHE_DIR} and JavaCPP's
 * {@code org.bytedeco.javacpp.cachedir} hold, which default to folders in the user's home. Nothing is written beside
 * the installation, and nothing is ever fetched from the network.
 */
public final class Torch {
    private static volatile Precision precision = Precision.FP32;

    private Torch() {}

    /**
     * Loads the natives when that has not happened yet; cheap afterwards, and safe from any thread.
     *
     * @throws org.dinobench.core.problem.BadInputException when this platform has no natives in the product or the
     *     cache folder cannot be written
     */
    public static void start() {
        NativeStart.ensure();
    }

    /** Version of libtorch, such as {@code 2.7.1}. */
    public static String version() {
        start();
        return torch.TORCH_VERSION;
    }

    /** One line for logs and provenance: versions, threads, instruction set. */
    public static String description() {
        start();
        return "libtorch " + torch.TORCH_VERSION + ", DJL " + NativeStart.djlVersion() + ", " + torch.get_num_threads()
                + " threads, " + cpuCapability();
    }

    /** The instruction set that libtorch's kernels use, such as {@code AVX512}. */
    public static String cpuCapability() {
        start();
        try (var text = torch.get_cpu_capability()) {
            return text.getString();
        }
    }

    /** Number of threads that one operation may use. */
    public static int threads() {
        start();
        return torch.get_num_threads();
    }

    /** @param threads number of threads one operation may use, at least 1; holds for the whole process */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1: " + threads);
        }
        start();
        torch.set_num_threads(threads);
    }

    /** How {@link MatrixProducts} computes. */
    public static Precision precision() {
        return precision;
    }

    /** @param chosen how {@link MatrixProducts} computes from now on, in the whole process */
    public static void setPrecision(Precision chosen) {
        precision = chosen;
    }

    /** Seeds libtorch's default generators (the CPU's and every GPU's). */
    public static void seed(long seed) {
        start();
        torch.manual_seed(seed);
    }

    /** Whether operations of the calling thread record for {@code backward}. */
    public static boolean gradEnabled() {
        start();
        return GradMode.is_enabled();
    }

    /**
     * Stops recording for {@code backward} in the calling thread until the result is closed; nests.
     *
     * <pre>{@code try (Torch.GradSwitch off = Torch.noGrad()) { ... }}</pre>
     */
    public static GradSwitch noGrad() {
        return grad(false);
    }

    /** Switches recording for {@code backward} in the calling thread on or off until the result is closed. */
    public static GradSwitch grad(boolean enabled) {
        start();
        boolean before = GradMode.is_enabled();
        GradMode.set_enabled(enabled);
        return () -> GradMode.set_enabled(before);
    }

    /** Restores the former recording mode when closed, in the thread that opened it. */
    @FunctionalInterface
    public interface GradSwitch extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Runs work that calls DJL's service discovery (loading models, engines, translators) with this bundle's class
     * loader as the context class loader, which DJL needs inside OSGi.
     */
    public static <T> T withClassLoader(Callable<T> work) throws Exception {
        start();
        return NativeStart.withClassLoader(work);
    }
}
