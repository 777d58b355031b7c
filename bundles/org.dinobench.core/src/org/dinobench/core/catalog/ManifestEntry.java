package org.dinobench.core.catalog;

import java.nio.file.Path;

/**
 * One image of a manifest.
 *
 * @param path the file: absolute, or relative to the manifest's folder; with {@code /} between parts
 * @param label class, or empty
 * @param split {@code train}, {@code val}, {@code test}, or empty
 * @param group number of the near-duplicate group, empty when alone
 * @param cluster number of the cluster, empty when not clustered
 * @param keep whether the image is part of the set
 * @param reason why it is kept or not; may be empty
 */
public record ManifestEntry(
        String path, String label, String split, String group, String cluster, boolean keep, String reason) {
    /** An image that is kept, with a label or without (empty). */
    public static ManifestEntry of(String path, String label) {
        return new ManifestEntry(path, label, "", "", "", true, "");
    }

    /** The file. @param manifest the manifest that this entry was read from */
    public Path file(Path manifest) {
        return manifest.toAbsolutePath().resolveSibling(path).normalize();
    }
}
