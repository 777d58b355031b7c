package org.dinobench.torch.internal;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;

/**
 * Loads libtorch once for two Java faces. DJL unpacks and loads its copy first; JavaCPP is then told to look for the
 * same file names in DJL's folder, so that the dynamic linker hands out the library that is already there instead of a
 * second one with a second allocator, dispatcher and autograd engine.
 */
public final class NativeStart {
    private static final String CACHE_PROPERTY = "dinobench.native.cache";
    private static final String CACHE_VARIABLE = "DINOBENCH_NATIVE_CACHE";

    private static volatile boolean started;
    private static String djlVersion = "";

    private NativeStart() {}

    /** Loads what is not loaded yet. */
    public static void ensure() {
        if (!started) {
            start();
        }
    }

    /** Version of DJL; known after the start. */
    public static String djlVersion() {
        return djlVersion;
    }

    /** Calls {@code work} with this bundle's loader as the context class loader. */
    public static <T> T withClassLoader(Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(NativeStart.class.getClassLoader());
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static synchronized void start() {
        if (started) {
            return;
        }
        chooseCaches();
        try {
            withClassLoader(() -> {
                load();
                return null;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw new BadInputException(
                    "libtorch",
                    "the native library could not be loaded (" + e + ")",
                    "check that this platform's natives are part of the product and that the cache folder ("
                            + CACHE_VARIABLE + ") can be written",
                    e);
        }
        started = true;
    }

    private static void load() throws IOException {
        Engine engine = Engine.getEngine("PyTorch");
        djlVersion = Engine.getDjlVersion();
        Path libtorch = Paths.get(LibUtils.getLibtorchPath());
        Path openMp = folderWithPlainOpenMpName(libtorch);
        System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
        System.setProperty(
                "org.bytedeco.javacpp.platform.preloadpath",
                openMp.equals(libtorch)
                        ? libtorch.toString()
                        : openMp + System.getProperty("path.separator") + libtorch);
        // torch's JavaCPP classes refer to bytedeco's OpenBLAS, which libtorch with its built-in MKL does not need
        System.setProperty("org.bytedeco.openblas.load", "none");
        Loader.load(torch.class);
        // DJL switches recording off in the thread that starts it; libtorch's own default holds here
        GradMode.set_enabled(true);
        String version = torch.TORCH_VERSION;
        if (!engine.getVersion().startsWith(version)) {
            throw new IllegalStateException(
                    "JavaCPP was built for libtorch " + version + " but DJL loaded " + engine.getVersion());
        }
    }

    private static void chooseCaches() {
        String folder = System.getProperty(CACHE_PROPERTY, System.getenv(CACHE_VARIABLE));
        if (folder != null && !folder.isBlank()) {
            Path cache = Paths.get(folder).toAbsolutePath();
            setDefault("DJL_CACHE_DIR", "DJL_CACHE_DIR", cache.resolve("djl").toString());
            setDefault(
                    "org.bytedeco.javacpp.cachedir",
                    null,
                    cache.resolve("javacpp").toString());
        }
        // natives come with the product; a missing one is an error to report, not a reason to go to the network
        setDefault("ai.djl.offline", null, "true");
        // JavaCPP would compare the process size with a multiple of the Java heap at every allocation and give up when
        // it is larger; native memory is bounded by scopes here, and tensors are much larger than the heap
        setDefault("org.bytedeco.javacpp.maxBytes", null, "0");
        setDefault("org.bytedeco.javacpp.maxPhysicalBytes", null, "0");
    }

    private static void setDefault(String property, String variable, String value) {
        if (System.getProperty(property) == null && (variable == null || System.getenv(variable) == null)) {
            System.setProperty(property, value);
        }
    }

    /**
     * The OpenMP runtime lies in DJL's folder under a hashed name, while JavaCPP asks for {@code libgomp.so.1}: a link
     * of that name to the same file keeps one runtime (and one thread pool) in the process.
     */
    private static Path folderWithPlainOpenMpName(Path libtorch) throws IOException {
        if (Files.exists(libtorch.resolve("libgomp.so.1"))) {
            return libtorch;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(libtorch, "libgomp-*")) {
            for (Path hashed : found) {
                return link(libtorch, hashed);
            }
        }
        return libtorch;
    }

    private static Path link(Path libtorch, Path hashed) throws IOException {
        try {
            Files.createSymbolicLink(libtorch.resolve("libgomp.so.1"), hashed.getFileName());
            return libtorch;
        } catch (FileAlreadyExistsException e) {
            return libtorch; // another process was faster
        } catch (IOException readOnlyCache) {
            Path own = Files.createTempDirectory("dinobench-openmp");
            Path link = Files.createSymbolicLink(own.resolve("libgomp.so.1"), hashed.toAbsolutePath());
            own.toFile().deleteOnExit();
            link.toFile().deleteOnExit();
            return own;
        }
    }
}
