package org.dinobench.trainer.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.losses.Reduction;
import org.dinobench.losses.SoftmaxCentering;
import org.dinobench.model.DropSource;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedEngineTest {
    private static final int STEPS = 3;

    private TensorScope scope;

    @BeforeEach
    void open() {
        Torch.start();
        scope = TensorScope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static StepFixture fixture(Precision precision) {
        return new StepFixture(
                precision,
                0.3,
                new SoftmaxCentering(40, 0.9, Reduction.NONE),
                new SoftmaxCentering(40, 0.9, Reduction.NONE));
    }

    private static StepReport run(DinoTrainStep step, int number) {
        return step.run(micro -> StepFixture.batch(number), StepFixture.RATES, DropSource.seeded(number));
    }

    /** Everything that the next step depends on. */
    private static Map<String, List<Double>> state(StepFixture fixture) {
        Map<String, List<Double>> state = new LinkedHashMap<>();
        put(state, "master.", fixture.model.master().state());
        put(state, "average.", fixture.model.average().parameters().state());
        put(state, "optimizer.", fixture.optimizer.state());
        put(state, "objective.", fixture.objective.state());
        return state;
    }

    private static void put(Map<String, List<Double>> state, String prefix, Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> state.put(
                prefix + name,
                Arrays.stream(Tensors.doubles(tensor.detach())).boxed().toList()));
    }

    private static void assertSame(Map<String, List<Double>> expected, Map<String, List<Double>> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, values) -> assertTrue(values.equals(actual.get(name)), name));
    }

    @ParameterizedTest
    @CsvSource({"false, FP32", "true, FP32", "false, BF16"})
    void stepsAreThoseOfAnUnwatchedEngineBitForBit(boolean recomputing, Precision precision) {
        StepMode ways = StepMode.EFFICIENT.withCheckpointing(recomputing);
        try (StepFixture plain = fixture(precision);
                StepFixture watched = fixture(precision)) {
            int[] points = new int[1];
            DinoTrainStep expected = plain.step(ways, 1);
            DinoTrainStep actual = watched.watched(ways, () -> points[0]++);
            for (int i = 0; i < STEPS; i++) {
                assertEquals(run(expected, i), run(actual, i));
            }
            assertSame(state(plain), state(watched));
            assertTrue(points[0] >= STEPS * (3 * 2), "each block of teacher and student, and back: " + points[0]);
        }
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aStepGivenUpAnywhereNeverHappened() {
        try (StepFixture plain = fixture(Precision.FP32);
                StepFixture watched = fixture(Precision.FP32)) {
            List<Integer> points = new ArrayList<>();
            int[] left = {Integer.MAX_VALUE};
            int[] seen = new int[1];
            DinoTrainStep expected = plain.step(StepMode.EFFICIENT, 1);
            DinoTrainStep actual = watched.watched(StepMode.EFFICIENT, () -> {
                seen[0]++;
                if (--left[0] < 0) {
                    throw new Enough();
                }
            });
            run(expected, 0);
            run(actual, 0);
            int all = seen[0];
            Map<String, List<Double>> before = state(watched);
            for (int point = 0; point < all; point += 3) {
                left[0] = point;
                points.add(point);
                try (ObjectiveSnapshot snapshot = new ObjectiveSnapshot(watched.objective)) {
                    assertThrows(Enough.class, () -> run(actual, 1));
                    snapshot.exchange();
                }
                assertSame(before, state(watched));
            }
            assertTrue(points.size() > 4, points.toString());
            left[0] = Integer.MAX_VALUE;
            assertEquals(run(expected, 1), run(actual, 1));
            assertSame(state(plain), state(watched));
        }
    }
}
