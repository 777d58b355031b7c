package org.dinobench.trainer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LossScaleTest {
    @Test
    void halvesAfterAStepThatWasNotFiniteAndDoublesAfterManyThatWere() {
        LossScale scale = LossScale.dynamic();
        double start = scale.value();
        scale.stepped(false);
        assertEquals(start / 2, scale.value());
        for (int i = 0; i < 1999; i++) {
            scale.stepped(true);
        }
        assertEquals(start / 2, scale.value());
        scale.stepped(true);
        assertEquals(start, scale.value());
        for (int i = 0; i < 100; i++) {
            scale.stepped(false);
        }
        assertEquals(1, scale.value());
    }

    @Test
    void goesOnFromACheckpoint() {
        LossScale scale = LossScale.dynamic();
        scale.restore(128, 1999);
        scale.stepped(true);
        assertEquals(256, scale.value());
    }

    @Test
    void staysOneWhereTheTypeHasTheRange() {
        LossScale scale = LossScale.none();
        scale.stepped(false);
        scale.restore(8, 3);
        assertEquals(1, scale.value());
    }
}
