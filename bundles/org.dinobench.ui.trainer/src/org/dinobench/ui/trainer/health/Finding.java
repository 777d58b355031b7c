package org.dinobench.ui.trainer.health;

import org.dinobench.ui.common.chart.Points;

/**
 * What one number says about a run.
 *
 * @param measure the number
 * @param level how it looks
 * @param value its present value with its unit
 * @param sentence what that means, and what helps where something is wrong
 * @param points how it came to be
 */
public record Finding(Measure measure, Level level, String value, String sentence, Points points) {
    /** How a number looks. */
    public enum Level {
        /** As it should be. */
        GOOD,
        /** Worth a look. */
        LOOK,
        /** Training has most likely gone wrong. */
        BAD,
        /** Says nothing yet. */
        EARLY
    }
}
