package org.dinobench.losses.example;

import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.losses.LossTerm;
import org.dinobench.losses.LossValue;
import org.dinobench.losses.StepOutput;
import org.dinobench.losses.StepOutputs;

/**
 * A hinge on the spread of the student's class tokens: the mean over components of {@code max(0, target - std)}, as the
 * variance term of VICReg (Bardes et al. 2022, section 4.1).
 */
final class VarianceLoss implements LossTerm {
    private static final double EPSILON = 1e-4;

    private final VarianceLossSpec spec;

    VarianceLoss(VarianceLossSpec spec) {
        this.spec = spec;
    }

    @Override
    public Set<StepOutput> needs() {
        return Set.of(StepOutput.GLOBAL_CLS_FEATURES);
    }

    @Override
    public List<LossValue> compute(StepOutputs outputs) {
        Tensor features = outputs.globalClsFeatures();
        Tensor spread = features.var(0).add(new Scalar(EPSILON)).sqrt();
        Tensor missing = spread.neg().add(new Scalar(spec.target())).relu();
        return List.of(new LossValue("variance_loss", missing.mean(), spec.weight(), 1));
    }
}
