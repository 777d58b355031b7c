package org.dinobench.core.spec.train;

import java.util.Optional;
import org.dinobench.core.spec.Key;

/** The network that is trained ({@code student.*}). The teacher has the same shape. */
public record StudentSpec(
        @Key(
                doc = "Size of the vision transformer.",
                def = "vit_large",
                choices = {"vit_micro", "vit_mini", "vit_tiny", "vit_small", "vit_base", "vit_large", "vit_giant2"})
        String arch,

        @Key(
                doc = "Side of a square patch; every crop size must be a multiple of it.",
                def = "16",
                min = 1,
                max = 64,
                unit = "pixels")
        int patchSize,

        @Key(doc = "Share of samples whose residual branch is dropped in each block.", def = "0.3", min = 0, max = 0.95)
        double dropPathRate,

        @Key(doc = "The same drop rate in all blocks; otherwise it grows linearly from 0 with depth.", def = "true")
        boolean dropPathUniform,

        @Key(
                doc = "Initial value of LayerScale. Short runs learn faster from 0.1 than from 1e-5.",
                def = "1e-5",
                min = 0,
                max = 10)
        double layerscale,

        @Key(doc = "Feed-forward layer of the blocks.", def = "mlp")
        FfnLayer ffnLayer,

        @Key(
                doc = "Extra tokens that keep artefacts out of the patch features; 0 or 4 are usual.",
                def = "0",
                min = 0,
                max = 64)
        int numRegisterTokens,

        @Key(doc = "Smooth the position embeddings when they are resized to a smaller grid.", def = "false")
        boolean interpolateAntialias,

        @Key(
                doc = "Added to the grid size when position embeddings are resized; 0.1 in the released weights"
                        + " without registers, 0 with them.",
                def = "0.1",
                min = 0,
                max = 0.5)
        double interpolateOffset,

        @Key(
                doc = "A checkpoint to start from: a run, a checkpoint folder, a Hugging Face folder or a .pth file."
                        + " Empty: start from random weights.",
                def = "")
        Optional<String> pretrainedWeights,

        @Key(
                doc = "Number of groups of blocks that are gathered together when parameters are sharded; 0: one"
                        + " group.",
                def = "4",
                min = 0,
                max = 64)
        int blockChunks) {}
