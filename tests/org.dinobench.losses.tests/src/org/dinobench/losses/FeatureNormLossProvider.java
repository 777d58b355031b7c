package org.dinobench.losses;

import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.spec.Key;

/** What a third-party bundle has to write to add a loss: here one that keeps class tokens short. */
final class FeatureNormLossProvider implements LossProvider<FeatureNormLossProvider.Spec> {
    /** @param weight factor in the objective */
    record Spec(
            @Key(doc = "Factor in the objective.", def = "0.01", min = 0, max = 10)
            double weight) {}

    @Override
    public String id() {
        return "feature_norm";
    }

    @Override
    public String title() {
        return "Feature norm: keeps class tokens short";
    }

    @Override
    public Class<Spec> configurationType() {
        return Spec.class;
    }

    @Override
    public Spec defaults() {
        return new Spec(0.01);
    }

    @Override
    public LossTerm create(Spec configuration, LossContext context) {
        return new LossTerm() {
            @Override
            public Set<StepOutput> needs() {
                return Set.of(StepOutput.GLOBAL_CLS_FEATURES);
            }

            @Override
            public List<LossValue> compute(StepOutputs outputs) {
                Tensor features = outputs.globalClsFeatures();
                Tensor loss = features.mul(features).mean().mul(new Scalar(0.5));
                return List.of(new LossValue("feature_norm_loss", loss, configuration.weight(), 1));
            }
        };
    }
}
