package org.dinobench.trainer.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void withoutALimitAStepIsAPlace() {
        Pace pace = new Pace(3, OptionalDouble.empty(), 0, 1);
        for (int i = 0; i < 3; i++) {
            assertEquals(i, pace.position());
            assertEquals(3 - i, pace.stepsLeft());
            pace.stepDone(1000, 1000 * i, 0);
        }
        assertTrue(pace.finished());
    }

    @Test
    void schedulesArePressedIntoASlowMachinesTime() {
        assertEquals(60, stepsUntilTheEnd(1000, 60, step -> 1.0), 2);
    }

    @Test
    void schedulesAreStretchedOverAFastMachinesTime() {
        assertEquals(6000, stepsUntilTheEnd(1000, 60, step -> 0.01), 60);
    }

    @Test
    void aMachineThatSlowsDownStillEndsInTime() {
        double[] clock = new double[1];
        Pace pace = new Pace(1000, OptionalDouble.of(100), 0, 1);
        double jump = 0;
        while (!pace.finished()) {
            double seconds = clock[0] < 50 ? 0.5 : 1.0;
            clock[0] += seconds;
            double before = pace.position();
            pace.stepDone(seconds, clock[0], 0);
            jump = Math.max(jump, pace.position() - before);
        }
        assertTrue(clock[0] > 90 && clock[0] < 103, clock[0] + " s");
        assertTrue(jump < 60, "no step takes more than a few percent of the schedules: " + jump);
    }

    @Test
    void timeThatGoesToCheckpointsIsTakenFromTheSteps() {
        double clock = 0;
        Pace pace = new Pace(1000, OptionalDouble.of(100), 0, 1);
        double last = 0;
        int steps = 0;
        while (!pace.finished()) {
            last = pace.position();
            clock++;
            steps++;
            pace.stepDone(1, clock, 0);
            clock += steps % 5 == 0 ? 5 : 0;
        }
        assertEquals(100, clock, 7);
        assertTrue(last > 900, "no jump to the end: " + last);
    }

    @Test
    void timeIsLeftForTheLastCheck() {
        double clock = 0;
        Pace pace = new Pace(1000, OptionalDouble.of(60), 0, 1);
        while (!pace.finished()) {
            clock++;
            pace.stepDone(1, clock, 10);
        }
        assertEquals(50, clock, 2);
    }

    private static double stepsUntilTheEnd(int places, double limit, java.util.function.IntToDoubleFunction seconds) {
        Pace pace = new Pace(places, OptionalDouble.of(limit), 0, 1);
        double clock = 0;
        int steps = 0;
        while (!pace.finished()) {
            double taken = seconds.applyAsDouble(steps);
            clock += taken;
            steps++;
            pace.stepDone(taken, clock, 0);
        }
        assertEquals(limit, clock, 0.05 * limit);
        return steps;
    }
}
