package org.dinobench.trainer.bench;

import java.util.Set;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.trainer.step.StepMode;

/**
 * What {@link StepBench} measures; the names are those of the command line's options.
 *
 * @param arch preset of the backbone
 * @param mode efficient or the way of iBOT's code
 * @param precision number formats
 * @param batch images a forward pass
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
 * @param accumulation batches a step
 * @param off switches of the efficient mode that are turned off
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
        boolean checkpointing,
        int accumulation,
        Set<StepSwitch> off) {
    /** ViT-S/14 with 224- and 98-pixel crops, batch 8. */
    public static final StepKnobs DEFAULT = new StepKnobs(
            "vit_small",
            TrainMode.EFFICIENT,
            Precision.FP32,
            8,
            14,
            224,
            98,
            8,
            8192,
            2048,
            256,
            0.3,
            5,
            1,
            2,
            false,
            1,
            Set.of());

    /** Checks what the counts have to be at least. */
    public StepKnobs {
        off = Set.copyOf(off);
        if (batch < 2 || steps < 1 || warmup < 0 || locals < 0 || threads < 1 || accumulation < 1) {
            throw new BadInputException(
                    "bench step",
                    "batch " + batch + ", steps " + steps + ", warmup " + warmup + ", locals " + locals + ", threads "
                            + threads + ", accumulation " + accumulation,
                    "use a batch of at least 2, at least one step, one thread and one batch a step");
        }
    }

    /**
     * Steps as those of a specification, with its heads and crops and the losses that are measured here.
     *
     * @param spec resolved
     * @param steps to measure
     */
    public static StepKnobs of(TrainSpec spec, int steps) {
        return new StepKnobs(
                spec.student().arch(),
                spec.train().mode(),
                spec.train().precision(),
                spec.train().batchSizePerGpu(),
                spec.student().patchSize(),
                spec.crops().globalCropsSize(),
                spec.crops().localCropsSize(),
                spec.crops().localCropsNumber(),
                spec.dino().headNPrototypes().orElseThrow(),
                spec.dino().headHiddenDim(),
                spec.dino().headBottleneckDim(),
                spec.student().dropPathRate(),
                steps,
                1,
                spec.train().threads().orElseThrow(),
                spec.train().activationCheckpointing(),
                spec.train().gradientAccumulation(),
                Set.of());
    }

    /** The same without a switch. */
    public StepKnobs without(StepSwitch one) {
        return with(mode, precision, batch, checkpointing, accumulation, Set.of(one));
    }

    /** The same with or without activation checkpointing. */
    public StepKnobs withCheckpointing(boolean on) {
        return with(mode, precision, batch, on, accumulation, off);
    }

    /** The same in another precision. */
    public StepKnobs withPrecision(Precision other) {
        return with(mode, other, batch, checkpointing, accumulation, off);
    }

    /** The same in another mode. */
    public StepKnobs withMode(TrainMode other) {
        return with(other, precision, batch, checkpointing, accumulation, off);
    }

    /** The same images a step in two batches. */
    public StepKnobs inTwoBatches() {
        return with(mode, precision, batch / 2, checkpointing, 2 * accumulation, off);
    }

    private StepKnobs with(
            TrainMode way, Precision numbers, int images, boolean recompute, int batches, Set<StepSwitch> without) {
        return new StepKnobs(
                arch,
                way,
                numbers,
                images,
                patch,
                size,
                local,
                locals,
                prototypes,
                hidden,
                bottleneck,
                drop,
                steps,
                warmup,
                threads,
                recompute,
                batches,
                without);
    }

    /** How the step is carried out. */
    StepMode stepMode() {
        StepMode result =
                (mode == TrainMode.EFFICIENT ? StepMode.EFFICIENT : StepMode.IBOT).withCheckpointing(checkpointing);
        for (StepSwitch one : off) {
            result = one.off(result);
        }
        return result;
    }
}
