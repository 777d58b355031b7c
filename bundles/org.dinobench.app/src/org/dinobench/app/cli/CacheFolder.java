package org.dinobench.app.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where downloads and unpacked natives are kept between calls. */
final class CacheFolder {
    private CacheFolder() {}

    /** The folder named by the property {@code dinobench.cache}, else the usual one of the system. */
    static Path path() {
        return Optional.ofNullable(System.getProperty("dinobench.cache"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "dinobench"));
    }
}
