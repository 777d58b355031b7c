package org.dinobench.trainer.step;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AdamW;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.UnitAccess;

/**
 * Everything is in this process, and somebody may hold a step up or end it between its parts: before each block's
 * forward and backward pass. A step ended so, by an exception, has changed no weight; what it has changed of the
 * objective's state {@link ObjectiveSnapshot} takes back.
 */
public final class WatchedEngine implements StepEngine {
    private final LocalEngine engine;
    private final Runnable point;

    /**
     * @param model whose forward passes are watched from here on
     * @param optimizer of its student
     * @param point run on the training thread between two parts; may wait, and may end the step by an exception
     */
    public WatchedEngine(SelfSupervisedModel model, OptimizerState optimizer, Runnable point) {
        this.engine = new LocalEngine(model, optimizer);
        this.point = point;
        UnitAccess watched = new UnitAccess() {
            @Override
            public void enter(ParameterUnit unit) {
                point.run();
            }

            @Override
            public void leave(ParameterUnit unit) {}
        };
        model.student().parameters().access(watched);
        model.teacher().parameters().access(watched);
    }

    @Override
    public void begin() {
        engine.begin();
    }

    @Override
    public ActivationCheckpoint cuts(int microBatch, int microBatches, boolean recomputing) {
        return new ActivationCheckpoint(recomputing, new ActivationCheckpoint.Listener() {
            @Override
            public void beginForward(int part) {}

            @Override
            public void endForward(int part) {}

            @Override
            public void beginBackward(int part) {
                point.run();
            }

            @Override
            public void endBackward(int part) {}
        });
    }

    @Override
    public void backward(Tensor total, ActivationCheckpoint cuts) {
        engine.backward(total, cuts);
    }

    @Override
    public Map<String, Double> collect(double clipNorm, double[] numbers) {
        return engine.collect(clipNorm, numbers);
    }

    @Override
    public void update(AdamW.Rates rates, double momentum) {
        engine.update(rates, momentum);
    }
}
