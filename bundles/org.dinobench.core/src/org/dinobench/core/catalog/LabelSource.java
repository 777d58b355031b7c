package org.dinobench.core.catalog;

import java.nio.file.Path;

/** Where the labels of imported images come from. */
public sealed interface LabelSource {
    /** The first folder below the root, or below a split folder such as {@code train} or {@code test}. */
    record Folders() implements LabelSource {}

    /** No labels. */
    record None() implements LabelSource {}

    /**
     * A CSV file with a header and the columns {@code path} (absolute or relative to the scanned folder), {@code label}
     * and, where wanted, {@code split}. Images that it does not name have no label.
     *
     * @param file the CSV file
     */
    record Csv(Path file) implements LabelSource {}
}
