package org.dinobench.faiss.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.problem.BadInputException;

/**
 * Finds and loads the native library, once a process: the file named by the system property
 * {@value #LIBRARY_PROPERTY}, or the resource of the platform fragment. A resource that is no plain file is copied to
 * a cache folder under a name that holds the hash of its content, so that versions never mix.
 */
public final class NativeLibrary {
    /** Names the library file, past all searching. */
    public static final String LIBRARY_PROPERTY = "dinobench.faiss.library";

    /** Names the folder for copies of native libraries; without it {@code ~/.cache/dinobench/natives}. */
    public static final String CACHE_PROPERTY = "dinobench.native.cache";

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
            return found.getProtocol().equals("file") ? Path.of(found.toURI()) : cached(found);
        } catch (IOException | URISyntaxException e) {
            throw new BadInputException(
                    WHERE,
                    "it cannot be copied to " + cacheFolder() + " (" + e.getMessage() + ")",
                    "name a folder that can be written by the system property " + CACHE_PROPERTY,
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

    private static Path cacheFolder() {
        String named = System.getProperty(CACHE_PROPERTY);
        return named != null
                ? Path.of(named)
                : Path.of(System.getProperty("user.home"), ".cache", "dinobench", "natives");
    }

    private static Path cached(URL resource) throws IOException {
        String hash;
        try (InputStream in = resource.openStream()) {
            hash = hash(in);
        }
        Path folder = Files.createDirectories(cacheFolder());
        Path file = folder.resolve("libdinobench_faiss-" + hash.substring(0, 16) + ".so");
        if (!Files.isRegularFile(file) || !hash.equals(hash(file))) {
            AtomicFiles.write(file, out -> {
                try (InputStream in = resource.openStream()) {
                    in.transferTo(out);
                }
            });
        }
        return file;
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return hash(in);
        }
    }

    private static String hash(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream counted = new DigestInputStream(in, digest)) {
                counted.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
