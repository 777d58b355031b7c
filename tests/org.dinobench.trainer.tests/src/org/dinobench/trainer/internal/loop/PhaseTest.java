package org.dinobench.trainer.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.trainer.TinyRuns;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static final TrainSpec SPEC = TinyRuns.spec(
            24, 100, "high_resolution.steps=20", "high_resolution.global_crops_size=48", "crops.image_size=48");

    private static int sizeAt(double position) {
        return Phase.at(SPEC, position).spec().crops().globalCropsSize();
    }

    @Test
    void thePlaceInTheSchedulesDecidesAlsoBetweenTwoStepsOfARunByTheClock() {
        assertEquals(32, sizeAt(0));
        assertEquals(32, sizeAt(79.4));
        assertEquals(48, sizeAt(80));
        assertEquals(48, sizeAt(81.7));
        assertEquals(48, sizeAt(100), "behind the end the last phase goes on");
        assertTrue(Phase.at(SPEC, 0).over(80.3));
        assertFalse(Phase.at(SPEC, 80).over(99.9));
    }

    @Test
    void localCropsGrowAlongAndNothingElseChanges() {
        TrainSpec larger = Phase.at(SPEC, 90).spec();
        assertEquals(24, larger.crops().localCropsSize());
        assertEquals(SPEC.optim(), larger.optim());
        assertEquals(SPEC.train(), larger.train());
        assertEquals(1, Phase.of(TinyRuns.spec(24, 10)).size());
        assertEquals(
                List.of(80.0, 100.0), Phase.of(SPEC).stream().map(Phase::end).toList());
    }
}
