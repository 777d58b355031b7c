package org.dinobench.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every offered loss must hold, the example of a third party included. */
class LossProviderContractTest extends ScopedTest {
    private static final LossContext CONTEXT = new LossContext(3, 2, 2, Reduction.NONE);

    static Stream<LossProvider<?>> providers() {
        return Stream.concat(LossRegistry.builtIn().losses().stream(), Stream.of(new FeatureNormLossProvider()));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void everyComponentOfTheConfigurationIsDocumented(LossProvider<?> provider) {
        for (RecordComponent component : provider.configurationType().getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            assertNotNull(key, component + " has no @Key");
            assertFalse(key.doc().isBlank());
        }
        assertFalse(provider.title().isBlank());
        assertTrue(provider.id().matches("[a-z][a-z0-9_]*"), provider.id());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theDefaultLossIsAFiniteScalarWhoseGradientReachesTheStudent(LossProvider<?> provider) {
        Random random = new Random(11);
        Tensor features = Tensors.random(random, 1, 6, 5).requires_grad_(true);
        Tensor clsLogits = Tensors.random(random, 1, 12, 7).requires_grad_(true);
        Tensor patchLogits = Tensors.random(random, 1, 4, 6).requires_grad_(true);
        LossTerm term = create(provider);
        StepOutputs outputs = new StepOutputs(
                3,
                2,
                2,
                term.needs().contains(StepOutput.GLOBAL_CLS_FEATURES) ? features : null,
                term.needs().contains(StepOutput.CLS_LOGITS) ? clsLogits : null,
                term.needs().contains(StepOutput.CLS_LOGITS) ? Tensors.randomTargets(random, 6, 7) : null,
                term.needs().contains(StepOutput.MASKED_PATCH_LOGITS) ? patchLogits : null,
                term.needs().contains(StepOutput.MASKED_PATCH_LOGITS) ? Tensors.randomTargets(random, 4, 6) : null,
                term.needs().contains(StepOutput.MASKED_PATCH_LOGITS)
                        ? torch.full(new long[] {4}, new org.bytedeco.pytorch.Scalar(0.5), patchLogits.options())
                        : null);

        List<LossValue> values = term.compute(outputs);

        assertFalse(values.isEmpty());
        for (LossValue value : values) {
            assertEquals(0, value.value().dim());
            assertTrue(Double.isFinite(value.value().item_double()));
            value.value().backward(new Tensor(), new org.bytedeco.pytorch.BoolOptional(true), false, null);
        }
        boolean reached = Stream.of(features, clsLogits, patchLogits)
                .anyMatch(
                        leaf -> leaf.grad().defined() && leaf.grad().abs().max().item_double() > 0);
        assertTrue(reached, "no gradient");
    }

    @Test
    void anUnknownLossIsRefusedWithTheKnownOnes() {
        BadInputException refused = assertThrows(
                BadInputException.class, () -> LossRegistry.builtIn().loss("vicreg"));
        assertTrue(refused.getMessage().contains("dino, ibot, koleo"), refused.getMessage());
    }

    @Test
    void aConfigurationOutOfRangeIsRefusedWithTheKey() {
        BadInputException refused = assertThrows(BadInputException.class, () -> new DinoLossSpec(1, 0));
        assertEquals("dino.student_temp", refused.where());
    }

    @Test
    void twoLossesOfOneNameAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new LossRegistry(List.of(new DinoLossProvider(), new DinoLossProvider()), List.of()));
    }

    private static <C extends Record> LossTerm create(LossProvider<C> provider) {
        return provider.create(provider.defaults(), CONTEXT);
    }
}
