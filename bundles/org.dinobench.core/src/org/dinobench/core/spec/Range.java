package org.dinobench.core.spec;

/**
 * A closed interval, written in YAML as a list of two numbers.
 *
 * @param min lower end, not above {@code max}
 * @param max upper end
 */
public record Range(double min, double max) {
    /** @throws IllegalArgumentException when the ends are not finite or in the wrong order */
    public Range {
        if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
            throw new IllegalArgumentException("Not an interval: [" + min + ", " + max + "]");
        }
    }

    /** {@code max - min}. */
    public double width() {
        return max - min;
    }
}
