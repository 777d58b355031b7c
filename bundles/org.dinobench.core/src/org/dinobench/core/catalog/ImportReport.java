package org.dinobench.core.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * What an import did.
 *
 * @param found image files in the folder
 * @param added not known before
 * @param changed known, with another size or modification time
 * @param unchanged known and not read again
 * @param missing known and gone from the folder
 * @param broken of the found, how many do not decode
 * @param others files whose extension is no image's
 * @param remarks files and folders that were passed over or are broken, with the reason; the first thousand
 */
public record ImportReport(
        long found,
        long added,
        long changed,
        long unchanged,
        long missing,
        long broken,
        long others,
        List<String> remarks) {
    /** Copies the list. */
    public ImportReport {
        remarks = List.copyOf(remarks);
    }

    /** Both imports taken together. */
    public ImportReport plus(ImportReport other) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(other.remarks);
        return new ImportReport(
                found + other.found,
                added + other.added,
                changed + other.changed,
                unchanged + other.unchanged,
                missing + other.missing,
                broken + other.broken,
                others + other.others,
                all);
    }
}
