package org.dinobench.trainer.schedule;

import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.core.spec.train.TeacherSpec;
import org.dinobench.core.spec.train.TrainSpec;

/** All schedules of a run. Weight decay and momentum have no warm-up; the reference's last-layer freeze is a mask. */
public final class TrainSchedules {
    private final int steps;
    private final int frozenSteps;
    private final CosineSchedule learningRate;
    private final CosineSchedule weightDecay;
    private final CosineSchedule momentum;
    private final CosineSchedule temperature;

    /**
     * @param steps length of the run
     * @param frozenSteps steps in which the last layers' rate is zero
     * @param learningRate of {@code steps} steps
     * @param weightDecay of {@code steps} steps
     * @param momentum of {@code steps} steps
     * @param temperature usually shorter: its final value holds after its end
     */
    public TrainSchedules(
            int steps,
            int frozenSteps,
            CosineSchedule learningRate,
            CosineSchedule weightDecay,
            CosineSchedule momentum,
            CosineSchedule temperature) {
        this.steps = steps;
        this.frozenSteps = frozenSteps;
        this.learningRate = learningRate;
        this.weightDecay = weightDecay;
        this.momentum = momentum;
        this.temperature = temperature;
    }

    /**
     * The schedules of a specification.
     *
     * @param spec resolved: every {@code auto} value is there
     * @throws BadInputException when the warm-up is longer than the run
     */
    public static TrainSchedules of(TrainSpec spec) {
        OptimSpec optim = spec.optim();
        TeacherSpec teacher = spec.teacher();
        int steps = optim.steps().orElseThrow();
        int warmUp = optim.warmupSteps().orElseThrow();
        if (warmUp > steps) {
            throw new BadInputException(
                    "optim.warmup_steps",
                    "a warm-up of " + warmUp + " steps does not fit in a run of " + steps,
                    "shorten the warm-up or lengthen the run");
        }
        return new TrainSchedules(
                steps,
                optim.freezeLastLayerSteps().orElseThrow(),
                new CosineSchedule(optim.lr().orElseThrow(), optim.minLr(), steps, warmUp, 0, 0),
                CosineSchedule.of(optim.weightDecay(), optim.weightDecayEnd(), steps),
                CosineSchedule.of(teacher.momentumTeacher(), teacher.finalMomentumTeacher(), steps),
                CosineSchedule.ramp(
                        teacher.warmupTeacherTemp(),
                        teacher.teacherTemp(),
                        teacher.warmupTeacherTempSteps().orElseThrow()));
    }

    /** Length of the schedules in steps. */
    public int steps() {
        return steps;
    }

    /** @param position steps since the start, see {@link CosineSchedule#at} */
    public StepRates at(double position) {
        double rate = learningRate.at(position);
        return new StepRates(
                rate,
                position < frozenSteps ? 0 : rate,
                weightDecay.at(position),
                momentum.at(position),
                temperature.at(position));
    }
}
