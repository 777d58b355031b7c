package org.dinobench.core.spec.train;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.dinobench.core.spec.Key;

/** AdamW and its schedules ({@code optim.*}). An epoch is {@code train.OFFICIAL_EPOCH_LENGTH} steps. */
public record OptimSpec(
        @Key(doc = "Length of the run.", def = "100", min = 0.001, max = 1e6, unit = "epochs")
        double epochs,

        @Key(
                doc = "Length of the run in steps; auto: from the epochs.",
                def = "auto",
                auto = true,
                min = 1,
                max = 2e9,
                unit = "steps")
        OptionalInt steps,

        @Key(doc = "Weight decay at the start; it follows a cosine.", def = "0.04", min = 0, max = 10)
        double weightDecay,

        @Key(doc = "Weight decay at the end.", def = "0.4", min = 0, max = 10)
        double weightDecayEnd,

        @Key(doc = "Learning rate for 1024 images a step, from which lr follows.", def = "0.004", min = 0, max = 10)
        double baseLr,

        @Key(
                doc = "Peak learning rate; auto (or 0): from base_lr and the images per step by scaling_rule.",
                def = "auto",
                auto = true,
                min = 0,
                max = 10)
        OptionalDouble lr,

        @Key(doc = "Length of the linear learning-rate warm-up.", def = "10", min = 0, max = 1e6, unit = "epochs")
        double warmupEpochs,

        @Key(
                doc = "Length of the learning-rate warm-up in steps; auto: from the epochs.",
                def = "auto",
                auto = true,
                min = 0,
                max = 2e9,
                unit = "steps")
        OptionalInt warmupSteps,

        @Key(doc = "Learning rate at the end of the cosine.", def = "1e-6", min = 0, max = 10)
        double minLr,

        @Key(
                doc = "Largest gradient norm, for backbone and heads apart; 0: no clipping.",
                def = "3.0",
                min = 0,
                max = 1e6)
        double clipGrad,

        @Key(doc = "How long the prototypes stay fixed at the start.", def = "1", min = 0, max = 1e6, unit = "epochs")
        double freezeLastLayerEpochs,

        @Key(
                doc = "How long the prototypes stay fixed, in steps; auto: from the epochs.",
                def = "auto",
                auto = true,
                min = 0,
                max = 2e9,
                unit = "steps")
        OptionalInt freezeLastLayerSteps,

        @Key(doc = "How lr follows from base_lr.", def = "sqrt_wrt_1024")
        ScalingRule scalingRule,

        @Key(doc = "Factor on the learning rate of the patch embedding.", def = "0.2", min = 0, max = 10)
        double patchEmbedLrMult,

        @Key(
                doc = "Each block's learning rate is this times that of the block after it.",
                def = "0.9",
                min = 0.01,
                max = 1)
        double layerwiseDecay,

        @Key(doc = "Decay of AdamW's first moment.", def = "0.9", min = 0, max = 0.99999)
        double adamwBeta1,

        @Key(doc = "Decay of AdamW's second moment.", def = "0.999", min = 0, max = 0.9999999)
        double adamwBeta2) {}
