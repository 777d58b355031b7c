package org.dinobench.core.spec.train;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.dinobench.core.spec.Key;

/** The training loop ({@code train.*}). */
public record LoopSpec(
        @Key(
                doc = "Images per step on each process, before gradient accumulation.",
                def = "64",
                min = 1,
                max = 65536,
                unit = "images")
        int batchSizePerGpu,

        @Key(
                name = "OFFICIAL_EPOCH_LENGTH",
                doc = "Steps that count as an epoch in all schedules; auto: one pass over the images.",
                def = "1250",
                auto = true,
                min = 1,
                max = 1e9,
                unit = "steps")
        OptionalInt officialEpochLength,

        @Key(
                doc = "Threads that decode and augment images; auto: by the number of cores.",
                def = "auto",
                auto = true,
                min = 1,
                max = 1024)
        OptionalInt numWorkers,

        @Key(doc = "Seed of weights, data order, augmentation and masks.", def = "0", min = 0, max = 9e15)
        long seed,

        @Key(doc = "How teacher outputs are centred.", def = "centering")
        Centering centering,

        @Key(
                doc = "Rounds in which Sinkhorn-Knopp balances prototypes and images; DINOv2 takes 3.",
                def = "3",
                min = 1,
                max = 100)
        int sinkhornIterations,

        @Key(
                doc = "Epochs between checkpoints that are kept for good; 0: none.",
                def = "20",
                min = 0,
                max = 1e6,
                unit = "epochs")
        int saveckpFreq,

        @Key(
                doc = "Steps between checkpoints to resume from; auto: three epochs, at most a tenth of the run.",
                def = "auto",
                auto = true,
                min = 1,
                max = 2e9,
                unit = "steps")
        OptionalInt checkpointEvery,

        @Key(doc = "How many of the checkpoints to resume from stay on the disk.", def = "3", min = 1, max = 1000)
        int checkpointKeep,

        @Key(doc = "Number formats of a step.", def = "fp32")
        Precision precision,

        @Key(
                doc = "The run ends at this time at the latest; all schedules, warm-ups included, are shortened in"
                        + " proportion to the steps that fit. Unset: by steps alone.",
                def = "",
                min = 0.01,
                max = 1e6,
                unit = "minutes")
        OptionalDouble minutes,

        @Key(
                doc = "Threads that compute a step; auto: by the number of cores.",
                def = "auto",
                auto = true,
                min = 1,
                max = 1024)
        OptionalInt threads,

        @Key(doc = "How a step is carried out; ibot is the baseline for measurements.", def = "efficient")
        TrainMode mode,

        @Key(doc = "Batches whose gradients are summed before the optimizer steps.", def = "1", min = 1, max = 4096)
        int gradientAccumulation,

        @Key(
                doc = "Compute activations again in the backward pass: less memory, about a third more time.",
                def = "false")
        boolean activationCheckpointing,

        @Key(
                doc = "Steps between k-NN checks on the labelled images; 0: never; auto: about ten in a run.",
                def = "auto",
                auto = true,
                min = 0,
                max = 2e9,
                unit = "steps")
        OptionalInt evalEvery,

        @Key(
                doc = "Largest share of images that may fail to decode before the run stops.",
                def = "0.05",
                min = 0,
                max = 1)
        double brokenShare) {}
