package org.dinobench.trainer.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.losses.LossTerm;
import org.dinobench.losses.LossValue;
import org.dinobench.losses.StepOutputs;
import org.dinobench.model.DropSource;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AdamW;
import org.dinobench.torch.TensorScope;
import org.dinobench.trainer.schedule.StepRates;

/**
 * One step of training: teacher, student, losses, backward, clipping of each sub-model, AdamW, moving average. Native
 * memory is freed within the step, except what the model and the optimizer keep. Used by one thread.
 */
public final class DinoTrainStep {
    private final Objective objective;
    private final StepEngine engine;
    private final StepForward forward;
    private final StepMode mode;
    private final Settings settings;

    /**
     * What a step does besides its mode.
     *
     * @param clipNorm largest gradient norm of each sub-model; 0: no clipping
     * @param microBatches batches whose gradients are averaged
     * @param health whether {@link TeacherHealth} is measured
     * @param studentSeesAll whether masks hide nothing and only choose the patches of the loss (distillation)
     */
    public record Settings(double clipNorm, int microBatches, boolean health, boolean studentSeesAll) {
        /** One batch a step, health measured. */
        public static Settings clipping(double norm) {
            return new Settings(norm, 1, true, false);
        }
    }

    /**
     * @param model the networks
     * @param objective the losses
     * @param optimizer of the student
     * @param mode how the forward passes are carried out
     * @param settings the rest
     */
    public DinoTrainStep(
            SelfSupervisedModel model,
            Objective objective,
            OptimizerState optimizer,
            StepMode mode,
            Settings settings) {
        this(model, objective, new LocalEngine(model, optimizer), mode, settings);
    }

    /**
     * A step whose weights somebody else keeps.
     *
     * @param engine keeps weights, gradients and optimizer of the model
     * @see #DinoTrainStep(SelfSupervisedModel, Objective, OptimizerState, StepMode, Settings)
     */
    public DinoTrainStep(
            SelfSupervisedModel model, Objective objective, StepEngine engine, StepMode mode, Settings settings) {
        this.objective = objective;
        this.engine = engine;
        this.settings = settings;
        this.mode = mode.suitedTo(
                model.student().parameters().type(),
                model.student().parameters().device());
        this.forward = new StepForward(model, objective, this.mode, settings.studentSeesAll());
    }

    /**
     * Carries out one step.
     *
     * @param batches gives micro-batch i, called once each from 0; tensors must live until the call returns
     * @param rates the scheduled numbers
     * @param drop chance of stochastic depth
     * @return what happened; when loss or gradients are not finite the weights stay as they were
     */
    public StepReport run(IntFunction<StepBatch> batches, StepRates rates, DropSource drop) {
        Tally tally = new Tally(settings.microBatches());
        engine.begin();
        for (int i = 0; i < settings.microBatches(); i++) {
            try (TensorScope scope = TensorScope.open()) {
                accumulate(i, batches, rates, drop, tally);
            }
        }
        double[] numbers = tally.numbers();
        Map<String, Double> norms = engine.collect(settings.clipNorm(), numbers);
        tally.replace(numbers);
        boolean finite = Double.isFinite(tally.total) && norms.values().stream().allMatch(Double::isFinite);
        if (finite) {
            engine.update(
                    new AdamW.Rates(rates.learningRate(), rates.lastLayerRate(), rates.weightDecay()),
                    rates.momentum());
        }
        return new StepReport(tally.losses, tally.total, norms, tally.health, finite);
    }

    private void accumulate(
            int microBatch, IntFunction<StepBatch> batches, StepRates rates, DropSource drop, Tally tally) {
        StepBatch batch = batches.apply(microBatch);
        ActivationCheckpoint cuts = engine.cuts(microBatch, settings.microBatches(), mode.checkpointing());
        StepForward.Targets targets = forward.teach(batch, rates.teacherTemperature());
        if (settings.health() && tally.health.isEmpty()) {
            tally.health = TeacherHealth.of(targets.classTokens(), targets.clsTargets());
        }
        StepOutputs outputs = forward.study(batch, targets, drop, cuts);
        Tensor total = null;
        for (LossTerm term : objective.terms()) {
            List<LossValue> values = computed(term, outputs);
            for (LossValue value : values) {
                Tensor weighted = value.value().mul(new Scalar(value.weight() / settings.microBatches()));
                total = total == null ? weighted : total.add(weighted);
                tally.add(value);
            }
        }
        if (total == null) {
            throw new IllegalStateException("The objective has no loss");
        }
        engine.backward(total, cuts);
        tally.total += total.item_double();
    }

    private static List<LossValue> computed(LossTerm term, StepOutputs outputs) {
        try (TensorScope scope = TensorScope.open()) {
            List<LossValue> values = term.compute(outputs);
            values.forEach(value -> scope.keep(value.value()));
            return values;
        }
    }

    /** Sums over micro-batches. */
    private static final class Tally {
        private final int microBatches;
        private final Map<String, Double> losses = new LinkedHashMap<>();
        private double total;
        private Map<String, Double> health = new LinkedHashMap<>();

        Tally(int microBatches) {
            this.microBatches = microBatches;
        }

        void add(LossValue value) {
            double shown = value.value().item_double() * value.shownScale() / microBatches;
            losses.merge(value.name(), shown, Double::sum);
        }

        /** The objective, the losses and the figures of health, in this order. */
        double[] numbers() {
            return DoubleStream.concat(
                            DoubleStream.of(total),
                            Stream.concat(losses.values().stream(), health.values().stream())
                                    .mapToDouble(Double::doubleValue))
                    .toArray();
        }

        /** Takes numbers in the order of {@link #numbers()}. */
        void replace(double[] numbers) {
            int next = 0;
            total = numbers[next++];
            for (Map.Entry<String, Double> loss : losses.entrySet()) {
                loss.setValue(numbers[next++]);
            }
            for (Map.Entry<String, Double> figure : health.entrySet()) {
                figure.setValue(numbers[next++]);
            }
        }
    }
}
