package org.dinobench.imaging.augment;

/** The check that a number is a probability. */
final class Probability {
    private Probability() {}

    static void check(String what, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(what + " probability must be 0 to 1, not " + p);
        }
    }
}
