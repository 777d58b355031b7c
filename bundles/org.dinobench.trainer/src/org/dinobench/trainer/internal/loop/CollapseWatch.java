package org.dinobench.trainer.internal.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dinobench.trainer.step.TeacherHealth;

/**
 * Turns health figures into a warning when they have been bad for a while. Each warning comes once until its figure has
 * recovered. The first steps are left out: an untrained network has narrow features, too.
 */
final class CollapseWatch {
    private static final int GRACE_STEPS = 50;
    private static final int PATIENCE = 10;

    private final int prototypes;
    private final Map<String, Integer> badInARow = new LinkedHashMap<>();

    CollapseWatch(int prototypes) {
        this.prototypes = prototypes;
    }

    /** @return what to tell now, if anything */
    Optional<String> look(long step, Map<String, Double> health) {
        if (step < GRACE_STEPS) {
            return Optional.empty();
        }
        double entropy = health.getOrDefault(TeacherHealth.ENTROPY, Double.NaN);
        double most = Math.log(prototypes);
        return check(
                        TeacherHealth.FEATURE_RANK,
                        health.getOrDefault(TeacherHealth.FEATURE_RANK, Double.NaN) < 2,
                        "Warning: the features of a batch lie on a line (effective rank below 2); this is a collapse."
                                + " Lower the learning rate, or raise dino.koleo_loss_weight.")
                .or(() -> check(
                        TeacherHealth.FEATURE_STD,
                        health.getOrDefault(TeacherHealth.FEATURE_STD, Double.NaN) < 0.02,
                        "Warning: all images get nearly the same features (spread below 0.02); this is a collapse."
                                + " Lower the learning rate, or raise dino.koleo_loss_weight."))
                .or(() -> check(
                        TeacherHealth.ENTROPY,
                        entropy > 0.995 * most,
                        "Warning: the teacher's targets are nearly uniform (entropy at its maximum): there is"
                                + " nothing to learn from. Lower teacher.teacher_temp."))
                .or(() -> check(
                        TeacherHealth.USAGE,
                        health.getOrDefault(TeacherHealth.USAGE, Double.NaN) < 0.05,
                        "Warning: nearly all images share a few prototypes (usage below 5 %). Use"
                                + " train.centering=sinkhorn_knopp, or lower the learning rate."));
    }

    private Optional<String> check(String figure, boolean bad, String warning) {
        int row = bad ? badInARow.merge(figure, 1, Integer::sum) : 0;
        if (!bad) {
            badInARow.remove(figure);
        }
        return row == PATIENCE ? Optional.of(warning) : Optional.empty();
    }
}
