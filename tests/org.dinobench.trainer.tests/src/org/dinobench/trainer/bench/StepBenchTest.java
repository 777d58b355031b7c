package org.dinobench.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepBenchTest {
    private static StepFigures plain;

    /** One step: from the second on, AdamW turns the rounding of gradients that are nearly zero into whole steps. */
    private static StepKnobs knobs(double drop) {
        return knobs(drop, 1);
    }

    private static StepKnobs knobs(double drop, int steps) {
        return new StepKnobs(
                "vit_micro",
                TrainMode.EFFICIENT,
                Precision.FP32,
                4,
                8,
                32,
                16,
                2,
                96,
                64,
                32,
                drop,
                steps,
                0,
                2,
                false,
                1,
                Set.of());
    }

    private static StepFigures measure(StepKnobs knobs) {
        return new StepBench().run(knobs, JobMonitor.NONE);
    }

    @BeforeAll
    static void measurePlain() {
        plain = measure(knobs(0));
    }

    private static void assertSame(StepFigures expected, StepFigures actual) {
        assertEquals(expected.loss(), actual.loss(), 1e-6 * expected.loss());
        assertEquals(expected.gradientNorm(), actual.gradientNorm(), 1e-5 * expected.gradientNorm());
    }

    @ParameterizedTest
    @EnumSource(StepSwitch.class)
    void aSwitchChangesNoLoss(StepSwitch one) {
        assertSame(plain, measure(knobs(0).without(one)));
    }

    @Test
    void checkpointingAccumulationAndTheOldWayChangeNoLoss() {
        assertSame(plain, measure(knobs(0).withCheckpointing(true)));
        assertSame(plain, measure(knobs(0).withMode(TrainMode.IBOT)));
        StepKnobs half = knobs(0).inTwoBatches();
        assertEquals(2, half.batch());
        assertEquals(2, half.accumulation());
        StepFigures twice = measure(half);
        assertTrue(Double.isFinite(twice.loss()));
        // the same images a step, so the rates are comparable
        assertEquals(4 / twice.stepSeconds(), twice.imagesPerSecond(), 1e-9);
    }

    @ParameterizedTest
    @EnumSource(
            value = StepSwitch.class,
            names = {"FUSED_ATTENTION", "NEEDED_TOKENS", "LOCAL_CLASS_TOKENS", "FLAT_BUFFERS"})
    void switchesThatDrawNothingChangeNoLossWithStochasticDepthEither(StepSwitch one) {
        StepFigures dropping = measure(knobs(0.3));
        assertSame(dropping, measure(knobs(0.3).without(one)));
    }

    @Test
    void withoutFlatBuffersOptimizerAndAverageDoTheSame() {
        StepFigures flat = measure(knobs(0.3, 2));
        assertSame(flat, measure(knobs(0.3, 2).without(StepSwitch.FLAT_BUFFERS)));
        assertTrue(
                Math.abs(flat.loss() - measure(knobs(0.3)).loss()) > 1e-5 * flat.loss(),
                "the first step changed nothing");
    }

    @Test
    void droppingSamplesDoesChangeTheLoss() {
        assertTrue(Math.abs(measure(knobs(0.5)).loss() - plain.loss()) > 1e-5 * plain.loss());
    }

    @Test
    void ablationTurnsEachSwitchOffOnceBetweenTwoUnchangedSteps() throws IOException {
        Set<StepSwitch> off = new HashSet<>();
        List<StepAblation.Row> rows = StepAblation.run(
                knobs(0.3),
                knobs -> {
                    off.addAll(knobs.off());
                    assertTrue(knobs.off().size() <= 1);
                    return new StepFigures(1, 1, 4, 100, 1, 1);
                },
                JobMonitor.NONE);
        assertEquals(Set.of(StepSwitch.values()), off);
        assertEquals(StepAblation.BASE, rows.get(0).name());
        assertEquals(StepAblation.BASE, rows.get(rows.size() - 1).name());
        assertEquals(
                rows.size() - 1,
                rows.stream().map(StepAblation.Row::name).distinct().count());
        StepKnobs two = new StepKnobs(
                "vit_micro",
                TrainMode.EFFICIENT,
                Precision.FP32,
                2,
                8,
                32,
                16,
                2,
                96,
                64,
                32,
                0,
                1,
                0,
                1,
                false,
                1,
                Set.of());
        assertThrows(BadInputException.class, () -> StepAblation.variants(two));
    }
}
