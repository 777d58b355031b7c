package org.dinobench.trainer.bench;

import org.dinobench.core.spec.train.Precision;

/**
 * What {@link ShardBench} measures.
 *
 * @param arch preset of the backbone
 * @param precision number formats of a step
 * @param batch images a step on each rank
 * @param patch side of a patch, pixels
 * @param size side of a global crop, pixels
 * @param local side of a local crop, pixels
 * @param locals local crops an image
 * @param prototypes of each head
 * @param hidden width of the heads' hidden layers
 * @param bottleneck of the heads
 * @param steps measured steps
 * @param warmup steps before them
 * @param threads of one operation
 * @param keep whether weights stay between forward and backward pass
 * @param ahead whether the next unit's weights are collected while the present one computes
 */
public record ShardKnobs(
        String arch,
        Precision precision,
        int batch,
        int patch,
        int size,
        int local,
        int locals,
        int prototypes,
        int hidden,
        int bottleneck,
        int steps,
        int warmup,
        int threads,
        boolean keep,
        boolean ahead) {}
