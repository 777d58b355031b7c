package org.dinobench.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resources of bundles as plain files, for what cannot read a stream (the loader of native libraries). A resource that
 * is no file is copied to a cache folder under a name that holds the hash of its content, so that versions never mix.
 */
public final class BundledFile {
    /** Names the cache folder; without it the environment variable {@value #CACHE_VARIABLE}. */
    public static final String CACHE_PROPERTY = "dinobench.native.cache";

    /** Names the cache folder; without it {@code ~/.cache/dinobench/natives}. */
    public static final String CACHE_VARIABLE = "DINOBENCH_NATIVE_CACHE";

    private BundledFile() {}

    /** The folder that copies are kept in. */
    public static Path cacheFolder() {
        String named = System.getProperty(CACHE_PROPERTY, System.getenv(CACHE_VARIABLE));
        return named != null && !named.isBlank()
                ? Path.of(named)
                : Path.of(System.getProperty("user.home"), ".cache", "dinobench", "natives");
    }

    /**
     * A file with the content of a resource.
     *
     * @param resource where a class loader found it
     * @throws IOException when it cannot be read, or not copied
     */
    public static Path onDisk(URL resource) throws IOException {
        if (resource.getProtocol().equals("file")) {
            try {
                return Path.of(resource.toURI());
            } catch (URISyntaxException e) {
                throw new IOException("not the address of a file: " + resource, e);
            }
        }
        String hash;
        try (InputStream in = resource.openStream()) {
            hash = ContentHash.of(in);
        }
        Path folder = Files.createDirectories(cacheFolder());
        Path file = folder.resolve(cachedName(resource, hash));
        if (!Files.isRegularFile(file) || !hash.equals(ContentHash.of(file))) {
            AtomicFiles.write(file, out -> {
                try (InputStream in = resource.openStream()) {
                    in.transferTo(out);
                }
            });
        }
        return file;
    }

    private static String cachedName(URL resource, String hash) {
        String path = resource.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return stem + "-" + hash.substring(0, 16) + (dot < 0 ? "" : name.substring(dot));
    }
}
