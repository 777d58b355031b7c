package org.dinobench.core.spec.train;

import org.dinobench.core.spec.Key;

/** Checks and exports while training ({@code evaluation.*}). */
public record EvaluationSpec(
        @Key(
                doc = "Steps between exports of the teacher's weights into the run; 0: only at the end.",
                def = "12500",
                min = 0,
                max = 2e9,
                unit = "steps")
        int evalPeriodIterations,

        @Key(doc = "Neighbours that vote in the k-NN check.", def = "10", min = 1, max = 10000)
        int knnK,

        @Key(
                doc = "Share of the labelled images that ask in the k-NN check where the data has no split.",
                def = "0.2",
                min = 0.01,
                max = 0.9)
        double holdoutShare) {}
