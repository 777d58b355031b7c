package org.dinobench.trainer;

import java.util.OptionalDouble;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.trainer.bench.StepBench;
import org.dinobench.trainer.bench.StepKnobs;
import org.dinobench.trainer.schedule.TrainSchedules;

/**
 * What a run will take, before it is started.
 *
 * @param memory whether it fits
 * @param steps of the schedules; a run by the clock ends earlier
 * @param secondsPerStep from a few steps on random crops; empty: not measured
 * @param minutes limit of the run by the clock; empty: none
 * @param checkpointBytes size of one checkpoint
 * @param checkpoints that are on the disk at most, with the best one
 */
public record TrainingPlan(
        MemoryFit memory,
        long steps,
        OptionalDouble secondsPerStep,
        OptionalDouble minutes,
        long checkpointBytes,
        int checkpoints) {
    private static final int PROBED = 2;
    /** Student, average and two moments, four bytes each. */
    private static final long CHECKPOINT = 16;

    /**
     * Makes the plan.
     *
     * @param spec resolved
     * @param memory of the same
     * @param probe whether to measure the time of a step, where it fits into memory
     */
    public static TrainingPlan of(TrainSpec spec, MemoryFit memory, boolean probe, JobMonitor monitor) {
        OptionalDouble seconds = OptionalDouble.empty();
        if (probe && memory.fits() && !spec.distill().enabled() && spec.train().batchSizePerGpu() > 1) {
            seconds = OptionalDouble.of(
                    new StepBench().run(StepKnobs.of(spec, PROBED), monitor).stepSeconds());
        }
        return new TrainingPlan(
                memory,
                TrainSchedules.of(spec).steps(),
                seconds,
                spec.train().minutes(),
                CHECKPOINT * memory.estimate().parameters(),
                spec.train().checkpointKeep() + 1);
    }

    /** Seconds of all steps or the limit by the clock, whichever comes first; empty: not known. */
    public OptionalDouble seconds() {
        double limit = minutes.isPresent() ? 60 * minutes.getAsDouble() : Double.POSITIVE_INFINITY;
        if (secondsPerStep.isPresent()) {
            return OptionalDouble.of(Math.min(limit, steps * secondsPerStep.getAsDouble()));
        }
        return Double.isInfinite(limit) ? OptionalDouble.empty() : OptionalDouble.of(limit);
    }
}
