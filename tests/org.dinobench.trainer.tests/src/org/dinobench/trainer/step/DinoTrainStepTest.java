package org.dinobench.trainer.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.model.DropSource;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DinoTrainStepTest {
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

    private static StepReport one(StepMode mode, int microBatches, Precision precision) {
        try (PrecisionMode mode16 = PrecisionMode.open(precision);
                StepFixture fixture = new StepFixture(precision, 0)) {
            return fixture.step(mode, microBatches)
                    .run(i -> StepFixture.batch(3), StepFixture.RATES, DropSource.seeded(1));
        }
    }

    private static void assertSame(StepReport expected, StepReport actual, double relative) {
        assertEquals(expected.totalLoss(), actual.totalLoss(), relative * expected.totalLoss());
        expected.losses()
                .forEach((name, value) -> assertEquals(
                        value, actual.losses().get(name), relative * Math.max(0.1, Math.abs(value)), name));
        expected.gradientNorms()
                .forEach((name, value) ->
                        assertEquals(value, actual.gradientNorms().get(name), 5 * relative * value, name));
    }

    @Test
    void everySwitchLeavesTheObjectiveAsItIs() {
        StepReport plain = one(StepMode.IBOT, 1, Precision.FP32);
        assertSame(plain, one(StepMode.EFFICIENT, 1, Precision.FP32), 1e-5);
        assertSame(plain, one(StepMode.EFFICIENT.withPacking(false), 1, Precision.FP32), 1e-5);
        assertSame(plain, one(StepMode.EFFICIENT.withCheckpointing(true), 1, Precision.FP32), 1e-5);
    }

    @Test
    void gradientsOfMicroBatchesAreAveraged() {
        StepReport once = one(StepMode.EFFICIENT, 1, Precision.FP32);
        StepReport twice = one(StepMode.EFFICIENT, 2, Precision.FP32);
        assertSame(once, twice, 1e-5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FAST", "BF16"})
    void reducedPrecisionStaysNearFp32(Precision precision) {
        StepReport exact = one(StepMode.EFFICIENT, 1, Precision.FP32);
        StepReport reduced = one(StepMode.EFFICIENT, 1, precision);
        assertEquals(exact.totalLoss(), reduced.totalLoss(), 0.01 * exact.totalLoss());
        exact.gradientNorms()
                .forEach((name, value) ->
                        assertEquals(value, reduced.gradientNorms().get(name), 0.05 * value, name));
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "BF16"})
    void trainingOnOneBatchLowersTheLoss(Precision precision) {
        try (StepFixture fixture = new StepFixture(precision, 0.1)) {
            DinoTrainStep step = fixture.step(StepMode.EFFICIENT, 1);
            double first = 0;
            double last = 0;
            for (int i = 0; i < 60; i++) {
                last = step.run(micro -> StepFixture.batch(3), StepFixture.RATES, DropSource.seeded(i))
                        .totalLoss();
                first = i == 0 ? last : first;
            }
            assertTrue(last < 0.95 * first, "from " + first + " to " + last);
        }
    }

    @Test
    void aStepWithNaNLeavesWeightsAndAverageAlone() {
        try (StepFixture fixture = new StepFixture(Precision.FP32, 0)) {
            DinoTrainStep step = fixture.step(StepMode.EFFICIENT, 1);
            Tensor student = fixture.model
                    .student()
                    .parameters()
                    .parameter("backbone.norm.weight")
                    .tensor();
            Tensor before = student.detach().clone();
            StepReport report = step.run(
                    i -> {
                        StepBatch batch = StepFixture.batch(3);
                        batch.globals().narrow(0, 0, 1).fill_(new Scalar(Double.NaN));
                        return batch;
                    },
                    StepFixture.RATES,
                    DropSource.seeded(1));
            assertFalse(report.applied());
            assertTrue(before.equal(student.detach()));
            assertEquals(0, fixture.optimizer.steps());
            assertTrue(step.run(i -> StepFixture.batch(3), StepFixture.RATES, DropSource.seeded(1))
                    .applied());
        }
    }

    @Test
    void theLastLayerStaysWhileItIsFrozen() {
        try (StepFixture fixture = new StepFixture(Precision.FP32, 0)) {
            Tensor prototypes = fixture.model
                    .student()
                    .parameters()
                    .parameter("dino_head.last_layer.weight_v")
                    .tensor();
            Tensor before = prototypes.detach().clone();
            fixture.step(StepMode.EFFICIENT, 1)
                    .run(
                            i -> StepFixture.batch(3),
                            new org.dinobench.trainer.schedule.StepRates(1e-3, 0, 0.04, 0.99, 0.05),
                            DropSource.seeded(1));
            assertTrue(before.equal(prototypes.detach()));
        }
    }

    @Test
    void healthTellsACollapsedTeacherFromASoundOne() {
        Torch.seed(4);
        Tensor spread = org.bytedeco.pytorch.global.torch.randn(32, 16);
        Tensor targets = org.bytedeco.pytorch.global.torch.softmax(
                org.bytedeco.pytorch.global.torch.randn(32, 20).mul(new Scalar(8.0)), -1);
        Map<String, Double> sound = TeacherHealth.of(spread, targets);
        Tensor same = spread.narrow(0, 0, 1).expand(32, 16).add(spread.mul(new Scalar(1e-4)));
        Map<String, Double> collapsed =
                TeacherHealth.of(same, targets.narrow(0, 0, 1).expand(32, 20).contiguous());
        assertTrue(sound.get(TeacherHealth.FEATURE_RANK) > 8, sound.toString());
        assertTrue(sound.get(TeacherHealth.FEATURE_STD) > 0.9, sound.toString());
        assertTrue(collapsed.get(TeacherHealth.FEATURE_STD) < 0.01, collapsed.toString());
        assertEquals(1.0 / 20, collapsed.get(TeacherHealth.USAGE), 1e-9);
        assertTrue(sound.get(TeacherHealth.USAGE) > 0.4, sound.toString());
    }

    @Test
    void nativeMemoryIsFlatOverManySteps() throws IOException {
        Path statm = Path.of("/proc/self/statm");
        Assumptions.assumeTrue(Files.isReadable(statm), "this system does not tell resident memory in /proc");
        try (StepFixture fixture = new StepFixture(Precision.FP32, 0.2)) {
            DinoTrainStep step = fixture.step(StepMode.EFFICIENT.withCheckpointing(true), 2);
            long settled = 0;
            long objects = 0;
            for (int i = 0; i < 260; i++) {
                int number = i;
                try (TensorScope inner = TensorScope.open()) {
                    step.run(micro -> StepFixture.batch(number), StepFixture.RATES, DropSource.seeded(i));
                }
                if (i == 100) {
                    settled = residentMib(statm);
                    objects = Pointer.totalCount();
                }
            }
            long growth = residentMib(statm) - settled;
            // leftovers of earlier tests may be collected meanwhile: fewer are no leak
            assertTrue(Pointer.totalCount() <= objects, "native objects that some step left behind");
            // Java's own heap becomes resident bit by bit meanwhile, up to some 130 MiB; the activations of 320
            // micro-batches would be above 380 MiB
            assertTrue(growth < 200, "grew by " + growth + " MiB in 160 steps");
        }
    }

    private static long residentMib(Path statm) throws IOException {
        return Long.parseLong(Files.readString(statm).split(" ")[1]) * 4096 >> 20;
    }
}
