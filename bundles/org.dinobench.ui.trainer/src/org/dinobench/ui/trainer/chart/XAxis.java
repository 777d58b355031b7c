package org.dinobench.ui.trainer.chart;

import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.ui.trainer.Messages;

/** What a chart counts from left to right. */
public enum XAxis {
    /** Steps done. */
    STEP,
    /** Minutes since the run's first numbers; pauses count. */
    MINUTES,
    /** Images seen. */
    IMAGES;

    /** {@return its name for people} */
    public String title() {
        return switch (this) {
            case STEP -> Messages.Chart_Step;
            case MINUTES -> Messages.Chart_Minutes;
            case IMAGES -> Messages.Chart_Images;
        };
    }

    double of(MetricsRow row, double startSeconds) {
        return switch (this) {
            case STEP -> row.step();
            case MINUTES -> (row.time() - startSeconds) / 60;
            case IMAGES -> row.images();
        };
    }
}
