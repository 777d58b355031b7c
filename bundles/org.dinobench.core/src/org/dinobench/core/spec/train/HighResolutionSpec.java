package org.dinobench.core.spec.train;

import java.util.OptionalInt;
import org.dinobench.core.spec.Key;

/**
 * The last phase of a run at larger crops ({@code high_resolution.*}): paper, section 3, "Adapting the resolution". The
 * schedules and the optimizer go on as they are; position embeddings are interpolated to the larger grid.
 */
public record HighResolutionSpec(
        @Key(
                doc = "Length of the last phase, which trains at larger crops; it counts towards the length of the run."
                        + " 0: no such phase.",
                def = "0",
                min = 0,
                max = 1e6,
                unit = "epochs")
        double epochs,

        @Key(
                doc = "Length of the last phase in steps; auto: from its epochs.",
                def = "auto",
                auto = true,
                min = 0,
                max = 2e9,
                unit = "steps")
        OptionalInt steps,

        @Key(doc = "Side of the global crops in the last phase.", def = "518", min = 8, max = 4096, unit = "pixels")
        int globalCropsSize,

        @Key(
                doc = "Side of the local crops in the last phase; auto: enlarged as the global crops are, to a multiple"
                        + " of the patch size.",
                def = "auto",
                auto = true,
                min = 4,
                max = 4096,
                unit = "pixels")
        OptionalInt localCropsSize) {
    /** Whether a run has such a phase; whichever of steps and epochs is given decides. */
    public boolean enabled() {
        return steps.isPresent() ? steps.getAsInt() > 0 : epochs > 0;
    }
}
