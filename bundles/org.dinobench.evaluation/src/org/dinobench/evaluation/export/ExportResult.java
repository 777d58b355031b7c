package org.dinobench.evaluation.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an export wrote.
 *
 * @param format the exporter's name
 * @param target file or folder
 * @param files all files written
 * @param check how near the features of the written model are
 * @param notes what the reader of the export should know, such as differences of the other software; sentences
 */
public record ExportResult(String format, Path target, List<Path> files, Check check, List<String> notes) {
    /** Copies lists. */
    public ExportResult {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /**
     * A comparison of features.
     *
     * @param openedBy the software that opened the export
     * @param images number of images compared
     * @param realImages whether they were photographs, not random pixels
     * @param values numbers compared
     * @param largestDifference between the features, absolute
     * @param tolerance up to which the export counts as right
     */
    public record Check(
            String openedBy, int images, boolean realImages, long values, double largestDifference, double tolerance) {
        /** Whether the features are equal within the tolerance. */
        public boolean passed() {
            return largestDifference <= tolerance;
        }

        /** One sentence for logs and reports. */
        public String sentence() {
            return String.format(
                    Locale.ROOT,
                    "Opened again by %s: %,d features of %d %s differ by at most %.1e (allowed %.0e)%s.",
                    openedBy,
                    values,
                    images,
                    realImages ? "images" : "pictures of random pixels",
                    largestDifference,
                    tolerance,
                    passed() ? "" : ": NOT EQUAL");
        }
    }
}
