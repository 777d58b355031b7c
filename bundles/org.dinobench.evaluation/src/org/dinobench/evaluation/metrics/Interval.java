package org.dinobench.evaluation.metrics;

import java.util.Locale;

/**
 * A measured value with its 95 % confidence interval.
 *
 * @param value the measure on the whole test part
 * @param low the 2.5th percentile of its bootstrap resamples
 * @param high the 97.5th percentile
 */
public record Interval(double value, double low, double high) {
    /** As {@code 53.2 % (49.9 to 56.4)}. */
    public String percent() {
        return String.format(Locale.ROOT, "%.1f %% (%.1f to %.1f)", 100 * value, 100 * low, 100 * high);
    }
}
