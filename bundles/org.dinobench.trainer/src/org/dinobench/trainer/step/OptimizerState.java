package org.dinobench.trainer.step;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.torch.AdamW;
import org.dinobench.torch.FlatParameters;

/** AdamW on the student's flat parameters, with the rates of layers and the clipping of sub-models. */
public final class OptimizerState implements AutoCloseable {
    /** Added to the root of the second moment. */
    public static final double EPSILON = 1e-8;

    private final FlatParameters parameters;
    private final AdamW adamw;

    private OptimizerState(FlatParameters parameters, AdamW adamw) {
        this.parameters = parameters;
        this.adamw = adamw;
    }

    /**
     * The optimizer of a student.
     *
     * @param model whose master weights get their layer rates here
     * @param optim betas, layer-wise decay and the factor of the patch embedding
     */
    public static OptimizerState of(SelfSupervisedModel model, OptimSpec optim) {
        FlatParameters parameters = model.master();
        LayerDecay.assign(parameters, model.student().shape(), optim);
        return new OptimizerState(parameters, AdamW.of(parameters, optim.adamwBeta1(), optim.adamwBeta2(), EPSILON));
    }

    /**
     * Scales the gradients of each sub-model apart.
     *
     * @param largest largest norm; 0: leave them
     * @return the norms before, by module
     */
    Map<String, Double> clip(double largest) {
        Map<String, Double> norms = new LinkedHashMap<>();
        for (String module : parameters.modules()) {
            norms.put(
                    module, largest > 0 ? parameters.clipGradients(module, largest) : parameters.gradientNorm(module));
        }
        return norms;
    }

    void step(AdamW.Rates rates) {
        adamw.step(rates);
    }

    /** Steps taken. */
    public long steps() {
        return adamw.steps();
    }

    /** The moments by name, for checkpoints. */
    public Map<String, Tensor> state() {
        return adamw.state();
    }

    /** Takes up saved moments. */
    public void load(Map<String, Tensor> state, long steps) {
        adamw.load(state, steps);
    }

    @Override
    public void close() {
        adamw.close();
    }
}
