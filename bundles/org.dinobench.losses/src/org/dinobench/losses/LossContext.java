package org.dinobench.losses;

/**
 * Facts of a run that losses may depend on.
 *
 * @param imagesPerStep images a step and rank (of a micro-batch, with gradient accumulation)
 * @param globalCrops global crops an image
 * @param localCrops local crops an image
 * @param reduction sums over ranks; {@link Reduction#NONE} in one process
 */
public record LossContext(int imagesPerStep, int globalCrops, int localCrops, Reduction reduction) {}
