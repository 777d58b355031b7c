package org.dinobench.trainer.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.AdamW;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.Parameter;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.step.SelfSupervisedModel;
import org.dinobench.trainer.step.StepEngine;

/** Gradients, optimizer and average parameter by parameter, as without flat buffers: the yardstick for these. */
final class ParameterwiseEngine implements StepEngine, AutoCloseable {
    private final SelfSupervisedModel model;
    private final FlatParameters master;
    private final AdamW adamw;
    private final List<Tensor> views = new ArrayList<>();

    /** @param model in fp32, whose layer rates are set */
    ParameterwiseEngine(SelfSupervisedModel model) {
        this.model = model;
        this.master = model.master();
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            List<AdamW.Slice> slices = master.parameters().stream()
                    .map(parameter -> slice(scope, parameter))
                    .toList();
            this.adamw = new AdamW(slices, 0.9, 0.999, 1e-8);
        }
    }

    private AdamW.Slice slice(TensorScope scope, Parameter parameter) {
        ParameterUnit unit = parameter.unit();
        long from = parameter.offset();
        long count = parameter.spec().count();
        Tensor values = scope.detach(unit.data().narrow(0, from, count));
        Tensor gradient = scope.detach(unit.gradient().narrow(0, from, count));
        views.add(values);
        views.add(gradient);
        return new AdamW.Slice(unit, from, from + count, values, gradient);
    }

    @Override
    public void begin() {
        model.student()
                .parameters()
                .parameters()
                .forEach(parameter -> parameter.tensor().mutable_grad().zero_());
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
        Map<String, Double> norms = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            for (String module : master.modules()) {
                List<Tensor> gradients = master.parameters().stream()
                        .filter(parameter -> parameter.unit().module().equals(module))
                        .map(parameter -> parameter.tensor().grad())
                        .toList();
                double squares = 0;
                for (Tensor gradient : gradients) {
                    double norm = torch.linalg_vector_norm(gradient).item_double();
                    squares += norm * norm;
                }
                double norm = Math.sqrt(squares);
                double factor = clipNorm / (norm + 1e-6);
                if (clipNorm > 0 && factor < 1) {
                    gradients.forEach(gradient -> gradient.mul_(new Scalar(factor)));
                }
                norms.put(module, norm);
            }
        }
        return norms;
    }

    @Override
    public void update(AdamW.Rates rates, double momentum) {
        adamw.step(rates);
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            FlatParameters average = model.average().parameters();
            Scalar weight = new Scalar(1 - momentum);
            for (Parameter parameter : master.parameters()) {
                average.parameter(parameter.name())
                        .tensor()
                        .lerp_(parameter.tensor().detach(), weight);
            }
        }
    }

    @Override
    public void close() {
        adamw.close();
        views.forEach(Tensor::close);
    }
}
