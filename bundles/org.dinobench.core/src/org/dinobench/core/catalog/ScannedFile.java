package org.dinobench.core.catalog;

/**
 * A file that may be an image.
 *
 * @param path relative to the scanned folder, with {@code /} between parts
 * @param bytes size
 * @param modified last modification, milliseconds since 1970
 * @param label class, or empty
 * @param split {@code train}, {@code val}, {@code test}, or empty
 */
public record ScannedFile(String path, long bytes, long modified, String label, String split) {}
