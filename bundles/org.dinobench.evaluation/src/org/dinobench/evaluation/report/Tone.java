package org.dinobench.evaluation.report;

/** How a notice in a report is coloured. */
public enum Tone {
    /** Checked and right. */
    GOOD,
    /** For information. */
    PLAIN,
    /** To be looked at before the numbers are used. */
    WARNING,
    /** The numbers are not to be trusted as they are. */
    BAD;

    String css() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
