package org.dinobench.ui.losses.model;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.core.spec.train.ScalingRule;
import org.dinobench.core.spec.train.TeacherSpec;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.trainer.schedule.CosineSchedule;
import org.dinobench.ui.losses.Messages;

/**
 * A value over the run, as training will compute it, with the points that set it.
 *
 * @param title what it is
 * @param unit of the run's length, epochs or steps
 * @param length of the run
 * @param at the value at a place, 0 to {@code length}
 * @param knots from left to right
 */
public record ScheduleCurve(String title, String unit, double length, DoubleUnaryOperator at, List<Knot> knots) {
    private static final int TICKS = 10_000;

    /** Copies the list. */
    public ScheduleCurve {
        knots = List.copyOf(knots);
    }

    /**
     * The schedules of a spec: temperature, momentum, learning rate, weight decay.
     *
     * @param spec of a run
     * @return always these four
     */
    public static List<ScheduleCurve> all(TrainSpec spec) {
        return List.of(temperature(spec), momentum(spec), learningRate(spec), weightDecay(spec));
    }

    private static boolean inSteps(TrainSpec spec) {
        return spec.optim().steps().isPresent();
    }

    private static double length(TrainSpec spec) {
        return inSteps(spec) ? spec.optim().steps().getAsInt() : spec.optim().epochs();
    }

    private static String unit(TrainSpec spec) {
        return inSteps(spec) ? Messages.Curve_Steps : Messages.Curve_Epochs;
    }

    /** The end of a warm-up, with the key that it comes from. */
    private record WarmUp(double at, String path) {
        static WarmUp of(TrainSpec spec, OptionalInt steps, double epochs, String section) {
            double length = length(spec);
            if (!inSteps(spec)) {
                return new WarmUp(Math.min(length, epochs), section + "_epochs"); // $NON-NLS-1$
            }
            if (steps.isPresent()) {
                return new WarmUp(Math.min(length, steps.getAsInt()), section + "_steps"); // $NON-NLS-1$
            }
            double share = epochs / Math.max(epochs, spec.optim().epochs());
            return new WarmUp(share * length, ""); // $NON-NLS-1$
        }
    }

    private static ScheduleCurve temperature(TrainSpec spec) {
        TeacherSpec teacher = spec.teacher();
        WarmUp warm = WarmUp.of(
                spec,
                teacher.warmupTeacherTempSteps(),
                teacher.warmupTeacherTempEpochs(),
                "teacher.warmup_teacher_temp"); //$NON-NLS-1$
        double length = length(spec);
        int ticks = ticks(warm.at(), length);
        CosineSchedule ramp = CosineSchedule.ramp(teacher.warmupTeacherTemp(), teacher.teacherTemp(), ticks);
        return new ScheduleCurve(
                Messages.Curve_Temperature,
                unit(spec),
                length,
                x -> ramp.at(x / length * TICKS),
                List.of(
                        new Knot(
                                Messages.Knot_Start,
                                "", //$NON-NLS-1$
                                "teacher.warmup_teacher_temp", //$NON-NLS-1$
                                0,
                                teacher.warmupTeacherTemp(),
                                1),
                        new Knot(
                                Messages.Knot_WarmUp,
                                warm.path(),
                                "teacher.teacher_temp", //$NON-NLS-1$
                                warm.at(),
                                teacher.teacherTemp(),
                                1)));
    }

    private static ScheduleCurve momentum(TrainSpec spec) {
        TeacherSpec teacher = spec.teacher();
        return ends(
                spec,
                Messages.Curve_Momentum,
                new Ends(
                        "teacher.momentum_teacher", //$NON-NLS-1$
                        teacher.momentumTeacher(),
                        "teacher.final_momentum_teacher", //$NON-NLS-1$
                        teacher.finalMomentumTeacher()));
    }

    private static ScheduleCurve weightDecay(TrainSpec spec) {
        return ends(
                spec,
                Messages.Curve_WeightDecay,
                new Ends(
                        "optim.weight_decay", //$NON-NLS-1$
                        spec.optim().weightDecay(),
                        "optim.weight_decay_end", //$NON-NLS-1$
                        spec.optim().weightDecayEnd()));
    }

    /** A cosine without a warm-up. */
    private record Ends(String fromPath, double from, String toPath, double to) {}

    private static ScheduleCurve ends(TrainSpec spec, String title, Ends ends) {
        double length = length(spec);
        CosineSchedule cosine = CosineSchedule.of(ends.from(), ends.to(), TICKS);
        return new ScheduleCurve(
                title,
                unit(spec),
                length,
                x -> cosine.at(x / length * TICKS),
                List.of(
                        new Knot(Messages.Knot_Start, "", ends.fromPath(), 0, ends.from(), 1), // $NON-NLS-1$
                        new Knot(Messages.Knot_End, "", ends.toPath(), length, ends.to(), 1))); // $NON-NLS-1$
    }

    private static ScheduleCurve learningRate(TrainSpec spec) {
        OptimSpec optim = spec.optim();
        WarmUp warm = WarmUp.of(spec, optim.warmupSteps(), optim.warmupEpochs(), "optim.warmup"); // $NON-NLS-1$
        double length = length(spec);
        boolean typed = optim.lr().isPresent() && optim.lr().getAsDouble() > 0;
        double factor = typed ? 1 : factor(spec);
        double peak = typed ? optim.lr().getAsDouble() : optim.baseLr() * factor;
        CosineSchedule cosine =
                new CosineSchedule(peak, optim.minLr(), TICKS, Math.min(TICKS, ticks(warm.at(), length)), 0, 0);
        return new ScheduleCurve(
                typed ? Messages.Curve_LearningRate : Messages.Curve_ScaledRate,
                unit(spec),
                length,
                x -> cosine.at(x / length * TICKS),
                List.of(
                        new Knot(
                                Messages.Knot_WarmUp,
                                warm.path(),
                                typed ? "optim.lr" : "optim.base_lr", // $NON-NLS-1$ //$NON-NLS-2$
                                warm.at(),
                                peak,
                                factor),
                        new Knot(Messages.Knot_End, "", "optim.min_lr", length, optim.minLr(), 1))); // $NON-NLS-1$
    }

    /** What one process's batch makes of {@code base_lr}; with more processes the rate is higher. */
    static double factor(TrainSpec spec) {
        double images = spec.train().batchSizePerGpu() * (double) spec.train().gradientAccumulation();
        return spec.optim().scalingRule() == ScalingRule.SQRT_WRT_1024 ? Math.sqrt(images / 1024) : 1;
    }

    private static int ticks(double at, double length) {
        return (int) Math.round(at / length * TICKS);
    }
}
