package org.dinobench.torch.internal;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.dinobench.core.io.BundledFile;
import org.dinobench.core.problem.BadInputException;

/** The native files of the platform fragment, as files on the disk. */
public final class NativeFiles {
    /** What builds them. */
    public static final String BUILD = "bundles/org.dinobench.torch/native/mpi/build.sh";

    private NativeFiles() {}

    /**
     * A file of this machine's platform.
     *
     * @param what the file's purpose, for messages
     * @param name its name in the fragment
     * @throws BadInputException when there is none, or it cannot be copied to where it can be loaded from
     */
    public static Path find(String what, String name) {
        String resource = folder() + name;
        URL found = NativeFiles.class.getResource(resource);
        if (found == null) {
            throw new BadInputException(
                    what, "no " + resource + " among the bundles of this installation", "build it with " + BUILD);
        }
        try {
            return BundledFile.onDisk(found);
        } catch (IOException e) {
            throw new BadInputException(
                    what,
                    "it cannot be copied to " + BundledFile.cacheFolder() + " (" + e.getMessage() + ")",
                    "name a folder that can be written by the system property " + BundledFile.CACHE_PROPERTY,
                    e);
        }
    }

    /** The file that a system property names, past all searching, or that of the fragment. */
    public static Path findOrNamed(String what, String name, String property) {
        String named = System.getProperty(property);
        if (named == null) {
            return find(what, name);
        }
        Path file = Path.of(named);
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(
                    "system property " + property,
                    "there is no file " + named,
                    "name the library file, or leave the property out");
        }
        return file;
    }

    private static String folder() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String architecture = machine.equals("amd64") ? "x86_64" : machine;
        String name = system.startsWith("linux") ? "linux" : system.replace(' ', '_');
        return "/native/" + name + "-" + architecture + "/";
    }
}
