package org.dinobench.trainer.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.Key;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.losses.DinoLossProvider;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.LossProvider;
import org.dinobench.losses.LossRegistry;
import org.dinobench.losses.LossTerm;
import org.dinobench.losses.LossValue;
import org.dinobench.losses.Reduction;
import org.dinobench.losses.SinkhornKnoppProvider;
import org.dinobench.losses.SoftmaxCenteringProvider;
import org.dinobench.losses.StepOutput;
import org.dinobench.losses.StepOutputs;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.TinyRuns;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    private static final LossContext CONTEXT = new LossContext(8, 2, 2, Reduction.NONE);

    /** @param weight factor in the objective */
    record NormSpec(
            @Key(doc = "Factor.", def = "0.5", min = 0, max = 1)
            double weight) {}

    /** A loss as a further bundle would bring it. */
    static final class NormLoss implements LossProvider<NormSpec> {
        final List<NormSpec> made = new ArrayList<>();

        @Override
        public String id() {
            return "feature_norm";
        }

        @Override
        public String title() {
            return "Feature norm";
        }

        @Override
        public Class<NormSpec> configurationType() {
            return NormSpec.class;
        }

        @Override
        public NormSpec defaults() {
            return new NormSpec(0.5);
        }

        @Override
        public LossTerm create(NormSpec configuration, LossContext context) {
            made.add(configuration);
            return new LossTerm() {
                @Override
                public Set<StepOutput> needs() {
                    return Set.of(StepOutput.GLOBAL_CLS_FEATURES);
                }

                @Override
                public List<LossValue> compute(StepOutputs outputs) {
                    return List.of(new LossValue(
                            "feature_norm_loss",
                            outputs.globalClsFeatures().norm(new Scalar(2.0)),
                            configuration.weight(),
                            1));
                }
            };
        }
    }

    @BeforeAll
    static void start() {
        Torch.start();
    }

    @Test
    void lossesWithoutAWeightAreLeftOutAndNothingIsComputedForThem() {
        TrainSpec spec = TinyRuns.spec(24, 4, "dino.koleo_loss_weight=0", "ibot.loss_weight=0");
        Objective objective = Objective.of(spec, LossRegistry.builtIn(), CONTEXT);
        assertEquals(1, objective.terms().size());
        assertEquals(Set.of(StepOutput.CLS_LOGITS), objective.needs());
    }

    @Test
    void sinkhornTakesAsManyRoundsAsTheSpecificationSays() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor scores =
                    torch.tensor(new float[] {3, 1, 0, 2, 2, 0, 4, 1, 1}).view(3, 3);
            double[] unevenness = new double[2];
            int[] rounds = {1, 12};
            for (int i = 0; i < 2; i++) {
                TrainSpec spec = TinyRuns.spec(
                        24, 4, "train.centering=sinkhorn_knopp", "train.sinkhorn_iterations=" + rounds[i]);
                Tensor targets = Objective.of(spec, LossRegistry.builtIn(), CONTEXT)
                        .dinoCentering()
                        .targets(scores, 1.0);
                Tensor use = targets.sum(0);
                unevenness[i] = use.max().item_double() - use.min().item_double();
            }
            assertTrue(
                    unevenness[1] < 0.01 * unevenness[0],
                    "after 1 round " + unevenness[0] + ", after 12 " + unevenness[1]);
        }
    }

    @Test
    void aLossOfAFurtherBundleIsConfiguredFromTheSpecification() {
        NormLoss provider = new NormLoss();
        LossRegistry registry = new LossRegistry(
                List.of(new DinoLossProvider(), provider),
                List.of(new SinkhornKnoppProvider(), new SoftmaxCenteringProvider()));
        TrainSpec spec = TrainSpecs.reader()
                .readText("test", "losses: {feature_norm: {weight: 0.25}}", TinyRuns.spec(24, 4))
                .spec();
        Objective objective = Objective.of(spec, registry, CONTEXT);
        assertEquals(4, objective.terms().size());
        assertEquals(List.of(new NormSpec(0.25)), provider.made);
    }

    @Test
    void anUnknownLossAndAWrongSettingAreRefused() {
        TrainSpec unknown = TrainSpecs.reader()
                .readText("test", "losses: {vicreg: {weight: 1}}", TinyRuns.spec(24, 4))
                .spec();
        BadInputException first =
                assertThrows(BadInputException.class, () -> Objective.of(unknown, LossRegistry.builtIn(), CONTEXT));
        assertTrue(first.getMessage().contains("vicreg"), first.getMessage());
        LossRegistry registry = new LossRegistry(List.of(new NormLoss()), List.of(new SinkhornKnoppProvider()));
        TrainSpec wrong = TrainSpecs.reader()
                .readText("test", "losses: {feature_norm: {wieght: 1}}", TinyRuns.spec(24, 4))
                .spec();
        BadInputException second = assertThrows(BadInputException.class, () -> Objective.of(wrong, registry, CONTEXT));
        assertTrue(second.getMessage().contains("weight"), second.getMessage());
    }
}
