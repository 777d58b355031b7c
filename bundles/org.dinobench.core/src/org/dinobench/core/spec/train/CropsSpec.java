package org.dinobench.core.spec.train;

import java.util.OptionalInt;
import org.dinobench.core.spec.Key;
import org.dinobench.core.spec.Range;

/** Crops and augmentation ({@code crops.*}). There are always two global crops. */
public record CropsSpec(
        @Key(doc = "Share of the image area that a global crop covers.", def = "[0.32, 1.0]", min = 0.0001, max = 1)
        Range globalCropsScale,

        @Key(doc = "Number of local crops.", def = "8", min = 0, max = 64)
        int localCropsNumber,

        @Key(doc = "Share of the image area that a local crop covers.", def = "[0.05, 0.32]", min = 0.0001, max = 1)
        Range localCropsScale,

        @Key(doc = "Side of the global crops.", def = "224", min = 8, max = 4096, unit = "pixels")
        int globalCropsSize,

        @Key(doc = "Side of the local crops.", def = "96", min = 4, max = 4096, unit = "pixels")
        int localCropsSize,

        @Key(doc = "Which changes of colour and orientation suit the images.", def = "natural")
        AugmentationPreset preset,

        @Key(doc = "Blur probabilities as the reference code applies them, or as its arguments say.", def = "code")
        BlurReading blurReading,

        @Key(
                doc = "Shorter side to which images are reduced once before they are cropped; unset: as they are.",
                def = "",
                min = 8,
                max = 16384,
                unit = "pixels")
        OptionalInt imageSize) {}
