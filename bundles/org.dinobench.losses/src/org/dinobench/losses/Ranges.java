package org.dinobench.losses;

import org.dinobench.core.problem.BadInputException;

/** Range checks of the configuration records; each failure names the key and what to write there. */
final class Ranges {
    private Ranges() {}

    static void weight(String key, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new BadInputException(key, "a loss weight of " + value, "give a number of 0 or more");
        }
    }

    static void positive(String key, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new BadInputException(key, "the value " + value + " is not above 0", "give a number above 0");
        }
    }

    /** From {@code low} (allowed) to {@code high} (not allowed). */
    static void within(String key, double value, double low, double high) {
        if (!(value >= low && value < high)) {
            throw new BadInputException(
                    key,
                    "the value " + value + " is outside its range",
                    "give a number from " + low + " to below " + high);
        }
    }
}
