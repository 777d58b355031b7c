package org.dinobench.core.catalog;

import java.nio.file.Path;
import java.util.Optional;

/** Decodes an image and tells what it is; implemented where images are read. Must be safe to call from many threads. */
@FunctionalInterface
public interface ImageProbe {
    /** Never throws for a bad file: the failure is part of the result. */
    Result probe(Path file);

    /**
     * What a file is.
     *
     * @param width pixels, as stored (before the EXIF orientation is applied); 0 when it cannot be decoded
     * @param height pixels, as stored; 0 when it cannot be decoded
     * @param format short name such as {@code jpeg} or {@code png}; empty when unknown
     * @param orientation EXIF orientation 1 to 8; 1 when there is none
     * @param failure one sentence why it cannot be decoded; empty when it can
     */
    record Result(int width, int height, String format, int orientation, Optional<String> failure) {
        /** A file that decodes. */
        public static Result ok(int width, int height, String format, int orientation) {
            return new Result(width, height, format, orientation, Optional.empty());
        }

        /** A file that does not. */
        public static Result broken(String reason) {
            return new Result(0, 0, "", 1, Optional.of(reason));
        }
    }
}
