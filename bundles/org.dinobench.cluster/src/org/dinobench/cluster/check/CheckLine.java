package org.dinobench.cluster.check;

/**
 * One thing that was tried.
 *
 * @param what it is, with the machine
 * @param outcome how it went
 * @param found what was seen, one phrase
 * @param repair what to do about it; empty when nothing needs to be done
 */
public record CheckLine(String what, Outcome outcome, String found, String repair) {
    /** How a trial went. */
    public enum Outcome {
        /** As it should. */
        GOOD,
        /** Runs will fail until it is repaired. */
        REPAIR,
        /** Not tried, since something before it has to be repaired first. */
        SKIPPED
    }

    static CheckLine good(String what, String found) {
        return new CheckLine(what, Outcome.GOOD, found, "");
    }

    static CheckLine repair(String what, String found, String repair) {
        return new CheckLine(what, Outcome.REPAIR, found, repair);
    }

    static CheckLine skipped(String what, String why) {
        return new CheckLine(what, Outcome.SKIPPED, why, "");
    }

    /** The line for a person. */
    public String text() {
        String word =
                switch (outcome) {
                    case GOOD -> "good   ";
                    case REPAIR -> "REPAIR ";
                    case SKIPPED -> "skipped";
                };
        return word + "  " + what + ": " + found + (repair.isEmpty() ? "" : "; " + repair);
    }
}
