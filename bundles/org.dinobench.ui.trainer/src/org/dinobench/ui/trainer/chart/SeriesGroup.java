package org.dinobench.ui.trainer.chart;

import java.util.Set;
import org.dinobench.ui.trainer.Messages;

/** Numbers of a run that belong into one chart because they have like sizes. */
public enum SeriesGroup {
    /** All losses. */
    LOSSES,
    /** Accuracies of k-NN checks. */
    ACCURACY,
    /** What schedules prescribe. */
    SCHEDULES,
    /** What tells whether training is sound. */
    HEALTH,
    /** Everything. */
    ALL;

    private static final Set<String> SCHEDULE_KEYS = Set.of(
            "lr",
            "wd",
            "momentum",
            "teacher_temp",
            "last_layer_lr"); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$ //$NON-NLS-5$

    /** {@return its name for people} */
    public String title() {
        return switch (this) {
            case LOSSES -> Messages.Chart_Losses;
            case ACCURACY -> Messages.Chart_Accuracy;
            case SCHEDULES -> Messages.Chart_Schedules;
            case HEALTH -> Messages.Chart_Health;
            case ALL -> Messages.Chart_All;
        };
    }

    /** {@return the number that stands for the group when several runs are compared} */
    String foremost() {
        return switch (this) {
            case LOSSES, ALL -> "total_loss"; // $NON-NLS-1$
            case ACCURACY -> "knn_accuracy"; // $NON-NLS-1$
            case SCHEDULES -> "lr"; // $NON-NLS-1$
            case HEALTH -> "prototype_usage"; // $NON-NLS-1$
        };
    }

    /**
     * Whether a number belongs to it.
     *
     * @param key name in the metrics
     * @return true when it does
     */
    public boolean holds(String key) {
        boolean loss = key.endsWith("_loss"); // $NON-NLS-1$
        boolean accuracy = key.startsWith("knn"); // $NON-NLS-1$
        boolean schedule = SCHEDULE_KEYS.contains(key);
        return switch (this) {
            case LOSSES -> loss;
            case ACCURACY -> accuracy;
            case SCHEDULES -> schedule;
            case HEALTH -> !loss && !accuracy && !schedule;
            case ALL -> true;
        };
    }
}
