package org.dinobench.trainer.schedule;

/**
 * The scheduled numbers of one step.
 *
 * @param learningRate before the multipliers of layers
 * @param lastLayerRate the same for the heads' last layers, zero while they are frozen
 * @param weightDecay AdamW's decoupled decay
 * @param momentum share of the old teacher in the new
 * @param teacherTemperature divisor of the teacher's scores
 */
public record StepRates(
        double learningRate, double lastLayerRate, double weightDecay, double momentum, double teacherTemperature) {}
