package org.dinobench.torch.mpi.internal;

import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.internal.NativeFiles;

/**
 * Finds and loads the native library, once a process: the file named by the system property
 * {@value #LIBRARY_PROPERTY}, or the resource of the platform fragment.
 */
public final class MpiLibrary {
    /** Names the library file, past all searching. */
    public static final String LIBRARY_PROPERTY = "dinobench.mpi.library";

    private static final String WHERE = "MPI native library";
    private static final String FILE = "libdinobench_mpi.so";

    private static boolean loaded;

    private MpiLibrary() {}

    /**
     * Loads the library if it is not loaded yet.
     *
     * @throws BadInputException when there is none for this machine or it cannot be loaded, with the remedy
     */
    public static synchronized void require() {
        if (loaded) {
            return;
        }
        load(NativeFiles.findOrNamed(WHERE, FILE, LIBRARY_PROPERTY));
        loaded = true;
    }

    static void load(Path file) {
        try {
            System.load(file.toAbsolutePath().toString());
        } catch (UnsatisfiedLinkError e) {
            throw explained(file, e);
        }
    }

    static BadInputException explained(Path file, UnsatisfiedLinkError error) {
        if (String.valueOf(error.getMessage()).contains("libmpi.so")) {
            return new BadInputException(
                    "Open MPI",
                    "it is not installed on this machine (" + error.getMessage() + ")",
                    "install it (Debian: apt-get install openmpi-bin), or run in one process",
                    error);
        }
        return new BadInputException(
                WHERE,
                file + " cannot be loaded (" + error.getMessage() + ")",
                "build it again with " + NativeFiles.BUILD + " --force",
                error);
    }
}
