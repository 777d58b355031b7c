package org.dinobench.ui.losses.model;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.spec.train.Centering;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.ui.losses.Messages;
import org.eclipse.osgi.util.NLS;

/**
 * Something to look at before training.
 *
 * @param title what it is
 * @param text why it matters, and what to do
 */
public record LossWarning(String title, String text) {
    private static final double STUDENT_TEMPERATURE = 0.1;
    private static final double STRONG_KOLEO = 0.5;
    private static final double FAST_TEACHER = 0.95;
    private static final int FEW_PROTOTYPES = 256;
    /** The paper's highest peak, base_lr 0.004 at 3072 images a step, is 0.007. */
    private static final double HIGH_RATE = 0.01;

    /**
     * Combinations that are allowed, and known to go wrong.
     *
     * @param spec the configuration
     * @return the warnings, the gravest first
     */
    public static List<LossWarning> unstable(TrainSpec spec) {
        List<LossWarning> warnings = new ArrayList<>();
        double temperature = spec.teacher().teacherTemp();
        if (temperature >= STUDENT_TEMPERATURE) {
            add(warnings, Messages.Warn_Sharper, Messages.Warn_SharperText, temperature);
        }
        double start = spec.teacher().warmupTeacherTemp();
        if (start > temperature) {
            add(warnings, Messages.Warn_WarmupTemp, Messages.Warn_WarmupTempText, start, temperature);
        }
        double koleo = spec.dino().koleoLossWeight();
        if (koleo > STRONG_KOLEO) {
            add(warnings, Messages.Warn_KoleoStrong, Messages.Warn_KoleoStrongText, koleo);
        }
        if (koleo == 0 && spec.train().centering() == Centering.CENTERING) {
            add(warnings, Messages.Warn_NoSpread, Messages.Warn_NoSpreadText);
        }
        double momentum = spec.teacher().momentumTeacher();
        if (momentum < FAST_TEACHER) {
            long steps = Math.max(1, Math.round(1 / (1 - momentum)));
            add(warnings, Messages.Warn_Momentum, Messages.Warn_MomentumText, momentum, steps);
        }
        if (spec.train().centering() == Centering.SINKHORN_KNOPP && spec.train().sinkhornIterations() < 2) {
            add(warnings, Messages.Warn_Sinkhorn, Messages.Warn_SinkhornText);
        }
        double rate = spec.optim().lr().orElse(spec.optim().baseLr() * ScheduleCurve.factor(spec));
        if (rate > HIGH_RATE) {
            add(warnings, Messages.Warn_Rate, Messages.Warn_RateText, rate);
        }
        if (spec.optim().warmupSteps().orElse(1) == 0
                || spec.optim().warmupSteps().isEmpty() && spec.optim().warmupEpochs() == 0) {
            add(warnings, Messages.Warn_NoWarmUp, Messages.Warn_NoWarmUpText);
        }
        int prototypes = spec.dino().headNPrototypes().orElse(Integer.MAX_VALUE);
        if (prototypes < FEW_PROTOTYPES) {
            add(warnings, Messages.Warn_FewPrototypes, Messages.Warn_FewPrototypesText, prototypes);
        }
        return warnings;
    }

    private static void add(List<LossWarning> warnings, String title, String text, Object... values) {
        warnings.add(new LossWarning(title, NLS.bind(text, values)));
    }
}
