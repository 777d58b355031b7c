package org.dinobench.trainer.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.trainer.TrainingDivergedException;
import org.dinobench.trainer.step.StepReport;
import org.dinobench.trainer.step.TeacherHealth;
import org.junit.jupiter.api.Test;

class WatchersTest {
    private static StepReport report(boolean sound) {
        return new StepReport(
                Map.of("koleo_loss", sound ? 1.0 : Double.NaN, "ibot_loss", 1.0),
                1,
                Map.of("backbone", 1.0),
                Map.of(),
                sound);
    }

    @Test
    void threeBadStepsInARowEndTheRunWithADiagnosis() {
        NanGuard guard = new NanGuard(0);
        assertTrue(guard.look(1, report(false), 1e-3).contains("koleo_loss"));
        assertTrue(guard.look(2, report(false), 1e-3).contains("skipped"));
        TrainingDivergedException end =
                assertThrows(TrainingDivergedException.class, () -> guard.look(3, report(false), 1e-3));
        assertTrue(end.getMessage().contains("koleo_loss") && end.getMessage().contains("optim.lr"), end.getMessage());
    }

    @Test
    void aSoundStepForgivesTheBadOnesBefore() {
        NanGuard guard = new NanGuard(0);
        for (int i = 0; i < 10; i++) {
            guard.look(i, report(false), 1e-3);
            guard.look(i, report(false), 1e-3);
            assertNull(guard.look(i, report(true), 1e-3));
        }
        assertEquals(0, guard.inARow());
    }

    @Test
    void aCollapseIsToldOnceAndAgainAfterARecovery() {
        CollapseWatch watch = new CollapseWatch(100);
        Map<String, Double> bad = Map.of(TeacherHealth.FEATURE_RANK, 1.1);
        Map<String, Double> good = Map.of(TeacherHealth.FEATURE_RANK, 20.0);
        List<String> told = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            watch.look(step, step == 120 ? good : bad).ifPresent(told::add);
        }
        assertEquals(2, told.size());
        assertTrue(told.get(0).contains("collapse"));
    }

    @Test
    void soundFiguresAreNoReasonForAWarning() {
        CollapseWatch watch = new CollapseWatch(100);
        for (int step = 0; step < 100; step++) {
            assertEquals(
                    Optional.empty(),
                    watch.look(
                            step,
                            Map.of(
                                    TeacherHealth.FEATURE_RANK, 20.0,
                                    TeacherHealth.FEATURE_STD, 0.6,
                                    TeacherHealth.ENTROPY, 2.0,
                                    TeacherHealth.USAGE, 0.5)));
        }
    }
}
