package org.dinobench.core.spec.train;

import java.util.OptionalInt;
import org.dinobench.core.spec.Key;
import org.dinobench.core.spec.Range;

/** The patch-level loss on masked patches and its head ({@code ibot.*}). */
public record IbotSpec(
        @Key(doc = "Weight of the iBOT loss.", def = "1.0", min = 0, max = 1000)
        double lossWeight,

        @Key(doc = "Share of the global crops that are masked.", def = "0.5", min = 0, max = 1)
        double maskSampleProbability,

        @Key(
                doc = "Smallest and largest share of masked patches in a masked crop.",
                def = "[0.1, 0.5]",
                min = 0,
                max = 1)
        Range maskRatioMinMax,

        @Key(doc = "A head of its own; otherwise the DINO head is shared.", def = "false")
        boolean separateHead,

        @Key(
                doc = "Number of prototypes of the separate head; auto: by the number of images.",
                def = "65536",
                auto = true,
                min = 2,
                max = 4194304)
        OptionalInt headNPrototypes,

        @Key(doc = "Bottleneck width of the separate head.", def = "256", min = 1, max = 65536)
        int headBottleneckDim,

        @Key(doc = "Number of linear layers of the separate head.", def = "3", min = 1, max = 16)
        int headNlayers,

        @Key(doc = "Hidden width of the separate head.", def = "2048", min = 1, max = 65536)
        int headHiddenDim) {}
