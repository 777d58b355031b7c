package org.dinobench.core.spec.train;

import java.util.OptionalInt;
import org.dinobench.core.spec.Key;

/** The image-level loss on class tokens and its head ({@code dino.*}). */
public record DinoSpec(
        @Key(doc = "Weight of the DINO loss.", def = "1.0", min = 0, max = 1000)
        double lossWeight,

        @Key(
                doc = "Number of prototypes; auto: by the number of images.",
                def = "65536",
                auto = true,
                min = 2,
                max = 4194304)
        OptionalInt headNPrototypes,

        @Key(doc = "Width of the head's normalised output before the prototypes.", def = "256", min = 1, max = 65536)
        int headBottleneckDim,

        @Key(doc = "Number of linear layers of the head.", def = "3", min = 1, max = 16)
        int headNlayers,

        @Key(doc = "Hidden width of the head.", def = "2048", min = 1, max = 65536)
        int headHiddenDim,

        @Key(doc = "Weight of the KoLeo loss, which spreads class tokens apart.", def = "0.1", min = 0, max = 1000)
        double koleoLossWeight) {}
