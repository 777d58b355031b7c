package org.dinobench.trainer.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AdamW;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.StepEngine;

/**
 * A step on one rank's share of weights, gradients and moments. The student's backward pass is cut between blocks:
 * before each its weights are collected, after it its gradients are summed over the ranks while the next one computes.
 * Embeddings and final norm stay from their forward pass to the end of the backward pass, heads to the end of their own.
 * With several micro-batches gradients are summed over the ranks once, after the last.
 */
public final class ShardedEngine implements StepEngine {
    private final ShardedModel model;
    private final Backward backward = new Backward();

    private int microBatch;
    private int microBatches;
    /** Uses of a unit by forward passes whose backward pass is still to come. */
    private final Map<ParameterUnit, Integer> awaited = new HashMap<>();
    /** Units that each part has used; those used outside of parts. */
    private final List<Set<ParameterUnit>> parts = new ArrayList<>();

    private final Set<ParameterUnit> outside = new LinkedHashSet<>();
    private boolean withinPart;
    private boolean inBackward;

    ShardedEngine(ShardedModel model) {
        this.model = model;
    }

    @Override
    public void begin() {
        model.gradients().begin();
    }

    @Override
    public ActivationCheckpoint cuts(int number, int of, boolean recomputing) {
        microBatch = number;
        microBatches = of;
        awaited.clear();
        parts.clear();
        outside.clear();
        model.studentWeights().beginPass();
        model.teacherWeights().beginPass();
        return new ActivationCheckpoint(recomputing, backward);
    }

    private boolean lastMicroBatch() {
        return microBatch == microBatches - 1;
    }

    /** The student's uses. */
    GatheredNetwork.Uses studentUses() {
        return new GatheredNetwork.Uses() {
            @Override
            public boolean entered(ParameterUnit unit) {
                if (inBackward) {
                    return false;
                }
                (withinPart ? parts.get(parts.size() - 1) : outside).add(unit);
                return true;
            }

            @Override
            public boolean keeps(ParameterUnit unit) {
                return inBackward || !withinPart || model.sharding().keepUntilBackward();
            }
        };
    }

    /** The teacher's uses: its weights stay only for further micro-batches. */
    GatheredNetwork.Uses teacherUses() {
        return new GatheredNetwork.Uses() {
            @Override
            public boolean entered(ParameterUnit unit) {
                return true;
            }

            @Override
            public boolean keeps(ParameterUnit unit) {
                return model.sharding().keepUntilBackward() && !lastMicroBatch();
            }
        };
    }

    @Override
    public void backward(Tensor total, ActivationCheckpoint cuts) {
        inBackward = true;
        outside.forEach(model.gradients()::prepare);
        double scale = model.lossScale().value();
        long from = System.nanoTime();
        (scale == 1 ? total : total.mul(new Scalar(scale))).backward();
        span("student backward heads", from);
        outside.stream()
                .filter(unit -> !unit.module().equals(ModelShape.BACKBONE))
                .forEach(this::complete);
        cuts.backward();
        outside.stream()
                .filter(unit -> unit.module().equals(ModelShape.BACKBONE))
                .forEach(this::complete);
        inBackward = false;
    }

    private void span(String what, long from) {
        model.timeline().span(Timeline.Track.COMPUTATION, what, from, System.nanoTime());
    }

    /** A unit has its gradient of this micro-batch. */
    private void complete(ParameterUnit unit) {
        if (lastMicroBatch()) {
            model.gradients()
                    .sum(unit, 1 / (model.groups().size() * model.lossScale().value()));
            model.studentWeights().release(unit);
        } else if (!model.sharding().keepUntilBackward()) {
            model.studentWeights().release(unit);
        }
    }

    private final class Backward implements ActivationCheckpoint.Listener {
        private long begun;

        @Override
        public void beginForward(int part) {
            parts.add(new LinkedHashSet<>());
            withinPart = true;
        }

        @Override
        public void endForward(int part) {
            withinPart = false;
            parts.get(part).forEach(unit -> awaited.merge(unit, 1, Integer::sum));
        }

        @Override
        public void beginBackward(int part) {
            for (ParameterUnit unit : parts.get(part)) {
                model.studentWeights().bring(unit);
                model.gradients().prepare(unit);
            }
            if (part > 0 && model.sharding().ahead()) {
                parts.get(part - 1).forEach(model.studentWeights()::start);
            }
            begun = System.nanoTime();
        }

        @Override
        public void endBackward(int part) {
            for (ParameterUnit unit : parts.get(part)) {
                span("student backward " + unit.name(), begun);
            }
            for (ParameterUnit unit : parts.get(part)) {
                if (awaited.merge(unit, -1, Integer::sum) == 0) {
                    complete(unit);
                }
            }
        }
    }

    @Override
    public Map<String, Double> collect(double clipNorm, double[] numbers) {
        model.gradients().finish(model.student().parameters().units());
        model.studentWeights().releaseAll();
        model.teacherWeights().releaseAll();
        Map<String, Double> norms = norms(numbers);
        boolean finite = Arrays.stream(numbers).allMatch(Double::isFinite)
                && norms.values().stream().allMatch(Double::isFinite);
        model.lossScale().stepped(finite);
        if (clipNorm > 0 && finite) {
            norms.forEach((module, norm) -> {
                double factor = clipNorm / (norm + 1e-6);
                if (factor < 1) {
                    scale(module, factor);
                }
            });
        }
        return norms;
    }

    /** One sum over the ranks for everything that is a number. */
    private Map<String, Double> norms(double[] numbers) {
        Map<String, Double> squares = new LinkedHashMap<>();
        model.student().parameters().modules().forEach(module -> squares.put(module, 0.0));
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            for (ParameterUnit unit : model.student().parameters().units()) {
                double norm = torch.linalg_vector_norm(
                                model.gradients().shares().of(unit))
                        .item_double();
                squares.merge(unit.module(), norm * norm, Double::sum);
            }
            double[] all = Arrays.copyOf(numbers, numbers.length + squares.size());
            for (int i = 0; i < numbers.length; i++) {
                all[i] /= model.groups().size();
            }
            int next = numbers.length;
            for (double square : squares.values()) {
                all[next++] = square / model.groups().replicas().size();
            }
            Tensor sum = Tensors.of(all, all.length);
            model.timeline().expect(CollectiveOperation.ALL_REDUCE, "norms and losses");
            model.timeline()
                    .wait(Timeline.Wait.STATISTICS, () -> model.groups().all().allReduce(sum));
            double[] result = Tensors.doubles(sum);
            System.arraycopy(result, 0, numbers, 0, numbers.length);
            next = numbers.length;
            for (Map.Entry<String, Double> square : squares.entrySet()) {
                square.setValue(Math.sqrt(result[next++]));
            }
        }
        return squares;
    }

    private void scale(String module, double factor) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Scalar scalar = new Scalar(factor);
            for (ParameterUnit unit : model.student().parameters().units()) {
                if (unit.module().equals(module)) {
                    model.gradients().shares().of(unit).mul_(scalar);
                }
            }
        }
    }

    @Override
    public void update(AdamW.Rates rates, double momentum) {
        long from = System.nanoTime();
        model.optimizer().step(rates);
        span("optimizer", from);
        from = System.nanoTime();
        model.averageShares().averageTowards(model.studentShares(), momentum);
        span("moving average", from);
    }
}
