package org.dinobench.core.catalog;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An image as the catalog knows it, with what curation and people said of it.
 *
 * @param id stable number within the catalog, from 1
 * @param hash SHA-256 of the file, 64 hexadecimal digits; empty when it could not be read
 * @param root absolute folder that was imported
 * @param path relative to {@code root}, with {@code /} between parts
 * @param width pixels as stored; 0 when broken
 * @param height pixels as stored; 0 when broken
 * @param format such as {@code jpeg}; empty when broken
 * @param bytes file size
 * @param modified last modification, milliseconds since 1970
 * @param label class, or empty
 * @param split {@code train}, {@code val}, {@code test}, or empty
 * @param status whether it decodes
 * @param problem why it does not decode; empty when it does
 * @param orientation EXIF orientation, 1 to 8
 * @param notes a person's remarks; may be empty
 * @param group near-duplicate group; empty when alone
 * @param cluster cluster on the finest level; empty when not clustered
 * @param keep whether it is part of the curated set: a person's decision, else the curation's, else whether it decodes
 * @param reason why; may be empty
 * @param decidedByPerson whether {@code keep} is a person's decision
 */
public record CatalogEntry(
        long id,
        String hash,
        String root,
        String path,
        int width,
        int height,
        String format,
        long bytes,
        long modified,
        String label,
        String split,
        DecodeStatus status,
        String problem,
        int orientation,
        String notes,
        OptionalLong group,
        OptionalInt cluster,
        boolean keep,
        String reason,
        boolean decidedByPerson) {
    /** The file, absolute. */
    public Path file() {
        return Path.of(root).resolve(path);
    }

    /** The label, when there is one. */
    public Optional<String> labelIfAny() {
        return label.isEmpty() ? Optional.empty() : Optional.of(label);
    }
}
