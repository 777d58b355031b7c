package org.dinobench.curator;

import java.nio.file.Path;
import java.util.Objects;
import org.dinobench.core.catalog.CatalogEntry;

/**
 * One image as curation sees it.
 *
 * @param path how manifests name it; unique in a curation
 * @param file where it is
 * @param hash SHA-256 of its bytes, 64 hexadecimal digits
 * @param pixels width times height; 0 when not known
 * @param label its class; empty when it has none
 * @param split the part of the data set it was given to; empty when none
 * @param id number in the catalog; smaller is older
 * @param review what a person decided on it
 */
public record CurationImage(
        String path, Path file, String hash, long pixels, String label, String split, long id, Review review) {
    /** Checks that nothing is null. */
    public CurationImage {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(review, "review");
    }

    /** An image of a catalog, with what people decided on it. */
    public static CurationImage of(CatalogEntry entry) {
        Review review = !entry.decidedByPerson() ? Review.NONE : entry.keep() ? Review.KEEP : Review.DROP;
        return new CurationImage(
                entry.file().toString(),
                entry.file(),
                entry.hash(),
                (long) entry.width() * entry.height(),
                entry.label(),
                entry.split(),
                entry.id(),
                review);
    }
}
