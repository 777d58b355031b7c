package org.dinobench.trainer.step;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AdamW;

/** Everything is in this process. */
final class LocalEngine implements StepEngine {
    private final SelfSupervisedModel model;
    private final OptimizerState optimizer;

    LocalEngine(SelfSupervisedModel model, OptimizerState optimizer) {
        this.model = model;
        this.optimizer = optimizer;
    }

    @Override
    public void begin() {
        model.student().parameters().zeroGradients();
    }

    @Override
    public ActivationCheckpoint cuts(int microBatch, int microBatches, boolean recomputing) {
        return recomputing ? new ActivationCheckpoint() : null;
    }

    @Override
    public void backward(Tensor total, ActivationCheckpoint cuts) {
        total.backward();
        if (cuts != null) {
            cuts.backward();
        }
    }

    @Override
    public Map<String, Double> collect(double clipNorm, double[] numbers) {
        model.collectGradients();
        return optimizer.clip(clipNorm);
    }

    @Override
    public void update(AdamW.Rates rates, double momentum) {
        optimizer.step(rates);
        model.follow(momentum);
    }
}
