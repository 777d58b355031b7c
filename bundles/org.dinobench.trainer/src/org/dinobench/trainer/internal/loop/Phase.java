package org.dinobench.trainer.internal.loop;

import java.util.List;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.train.HighResolutionSpec;
import org.dinobench.core.spec.train.TrainSpec;

/**
 * A stretch of a run with one size of crops. Which phase a place of the schedules belongs to follows from the
 * specification alone, so a resumed run finds it again.
 *
 * @param spec the run's specification with this phase's sizes of crops
 * @param end place in the schedules at which the next phase begins; of the last phase the length of the schedules
 */
public record Phase(TrainSpec spec, double end) {
    private static final SpecReader<TrainSpec> SPECS = SpecReader.of(TrainSpec.class);

    /** The phases of a run in their order, one or two. */
    public static List<Phase> of(TrainSpec spec) {
        int steps = spec.optim().steps().orElseThrow();
        HighResolutionSpec last = spec.highResolution();
        if (!last.enabled()) {
            return List.of(new Phase(spec, steps));
        }
        TrainSpec larger = SPECS.setAll(
                spec,
                List.of(
                        "crops.global_crops_size=" + last.globalCropsSize(),
                        "crops.local_crops_size=" + last.localCropsSize().orElseThrow()));
        return List.of(new Phase(spec, steps - last.steps().orElseThrow()), new Phase(larger, steps));
    }

    /** The phase that a place belongs to; behind the end of the schedules the last one. */
    static Phase at(TrainSpec spec, double position) {
        List<Phase> phases = of(spec);
        return phases.stream()
                .filter(phase -> !phase.over(position))
                .findFirst()
                .orElse(phases.get(phases.size() - 1));
    }

    /** Whether a place lies behind this phase. */
    boolean over(double position) {
        return position >= end - 1e-9;
    }
}
