package org.dinobench.trainer.bench;

import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;

/**
 * What {@link StepBench} measures; the names are those of the command line's options.
 *
 * @param arch preset of the backbone
 * @param mode efficient or the way of iBOT's code
 * @param precision number formats
 * @param batch images a step
 * @param patch side of a patch, pixels
 * @param size side of the two global crops, pixels
 * @param local side of the local crops, pixels
 * @param locals local crops an image
 * @param prototypes of both heads, which are apart
 * @param hidden width of the heads' hidden layers
 * @param bottleneck width of the heads' bottleneck
 * @param drop rate of stochastic depth
 * @param steps measured steps
 * @param warmup steps before them
 * @param threads threads of one operation
 * @param checkpointing whether activations are computed again in the backward pass
 */
public record StepKnobs(
        String arch,
        TrainMode mode,
        Precision precision,
        int batch,
        int patch,
        int size,
        int local,
        int locals,
        int prototypes,
        int hidden,
        int bottleneck,
        double drop,
        int steps,
        int warmup,
        int threads,
        boolean checkpointing) {
    /** ViT-S/14 with 224- and 98-pixel crops, batch 8. */
    public static final StepKnobs DEFAULT = new StepKnobs(
            "vit_small", TrainMode.EFFICIENT, Precision.FP32, 8, 14, 224, 98, 8, 8192, 2048, 256, 0.3, 5, 1, 2, false);

    /** Checks what the counts have to be at least. */
    public StepKnobs {
        if (batch < 2 || steps < 1 || warmup < 0 || locals < 0 || threads < 1) {
            throw new org.dinobench.core.problem.BadInputException(
                    "bench step",
                    "batch " + batch + ", steps " + steps + ", warmup " + warmup + ", locals " + locals + ", threads "
                            + threads,
                    "use a batch of at least 2, at least one step and one thread");
        }
    }
}
