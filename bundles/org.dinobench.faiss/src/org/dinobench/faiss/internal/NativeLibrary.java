package org.dinobench.faiss.internal;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.dinobench.core.io.BundledFile;
import org.dinobench.core.problem.BadInputException;

/**
 * Finds and loads the native library, once a process: the file named by the system property
 * {@value #LIBRARY_PROPERTY}, or the resource of the platform fragment.
 */
public final class NativeLibrary {
    /** Names the library file, past all searching. */
    public static final String LIBRARY_PROPERTY = "dinobench.faiss.library";

    private static final String WHERE = "Faiss native library";

    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads the library if it is not loaded yet.
     *
     * @throws BadInputException when there is none for this machine or it cannot be loaded, with the remedy
     */
    public static synchronized void require() {
        if (!loaded) {
            load(locate());
            loaded = true;
        }
    }

    private static void load(Path file) {
        try {
            System.load(file.toAbsolutePath().toString());
        } catch (UnsatisfiedLinkError e) {
            boolean openMp = String.valueOf(e.getMessage()).contains("libgomp");
            throw new BadInputException(
                    WHERE,
                    file + " cannot be loaded (" + e.getMessage() + ")",
                    openMp
                            ? "install the OpenMP runtime (Debian: apt-get install libgomp1)"
                            : "build it again with bundles/org.dinobench.faiss/native/build.sh --force",
                    e);
        }
    }

    static Path locate() {
        String named = System.getProperty(LIBRARY_PROPERTY);
        if (named != null) {
            Path file = Path.of(named);
            if (!Files.isRegularFile(file)) {
                throw new BadInputException(
                        "system property " + LIBRARY_PROPERTY,
                        "there is no file " + named,
                        "name the library file, or leave the property out");
            }
            return file;
        }
        String resource = resource();
        URL found = NativeLibrary.class.getResource(resource);
        if (found == null) {
            throw new BadInputException(
                    WHERE,
                    "no " + resource + " among the bundles of this installation",
                    "build it with bundles/org.dinobench.faiss/native/build.sh, or name a library file by the system"
                            + " property " + LIBRARY_PROPERTY);
        }
        try {
            return BundledFile.onDisk(found);
        } catch (IOException e) {
            throw new BadInputException(
                    WHERE,
                    "it cannot be copied to " + BundledFile.cacheFolder() + " (" + e.getMessage() + ")",
                    "name a folder that can be written by the system property " + BundledFile.CACHE_PROPERTY,
                    e);
        }
    }

    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String architecture = machine.equals("amd64") ? "x86_64" : machine;
        String name = system.startsWith("linux") ? "linux" : system.replace(' ', '_');
        return "/native/" + name + "-" + architecture + "/libdinobench_faiss.so";
    }
}
