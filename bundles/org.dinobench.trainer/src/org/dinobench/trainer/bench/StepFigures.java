package org.dinobench.trainer.bench;

/**
 * What {@link StepBench} found.
 *
 * @param stepSeconds median wall time of a step
 * @param cpuSeconds processor time of all threads a step, mean over the measured steps
 * @param imagesPerSecond images a step over the median time
 * @param peakRssMib largest resident memory of the process so far, MiB; 0 where the system does not tell
 * @param loss objective of the last step
 * @param gradientNorm 2-norm of all its gradients, before clipping
 */
public record StepFigures(
        double stepSeconds,
        double cpuSeconds,
        double imagesPerSecond,
        double peakRssMib,
        double loss,
        double gradientNorm) {}
