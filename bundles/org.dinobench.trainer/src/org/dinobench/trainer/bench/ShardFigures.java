package org.dinobench.trainer.bench;

/**
 * What one rank measured, a step.
 *
 * @param stepSeconds median time of a step
 * @param imagesPerSecond of all ranks together
 * @param weightsSeconds waiting for weights, mean
 * @param gradientsSeconds waiting for the sums of gradients, mean
 * @param statisticsSeconds waiting for sums over the batch, mean
 * @param communicationSeconds messages under way in the last step
 * @param hiddenSeconds of these, beside the computation
 * @param stateBytes weights, gradients, moments and average between steps
 * @param stateFormula the same by formula
 * @param wholeBytes the most bytes of weights and gradients that were whole at a time
 * @param sentBytes sent a step for weights and gradients
 * @param sentFormula the same by formula
 * @param plainBytes what plain data parallelism sends a step
 * @param residentMib resident memory between steps
 * @param peakMib largest resident memory so far
 * @param loss objective of the last step
 */
public record ShardFigures(
        double stepSeconds,
        double imagesPerSecond,
        double weightsSeconds,
        double gradientsSeconds,
        double statisticsSeconds,
        double communicationSeconds,
        double hiddenSeconds,
        long stateBytes,
        long stateFormula,
        long wholeBytes,
        long sentBytes,
        long sentFormula,
        long plainBytes,
        double residentMib,
        double peakMib,
        double loss) {}
