package org.dinobench.evaluation.report;

import java.util.Objects;

/**
 * One of the few numbers that a reader should see first.
 *
 * @param label what it is, a short phrase
 * @param value the number as shown, with its unit
 * @param note a line below it, such as its interval or what it is compared with; may be empty
 */
public record KeyNumber(String label, String value, String note) {
    /** Rejects nulls. */
    public KeyNumber {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(note, "note");
    }
}
