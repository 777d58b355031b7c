package org.dinobench.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.AdamW.Rates;
import org.dinobench.torch.AdamW.Slice;
import org.dinobench.torch.ParameterSpec.Initializer;
import org.junit.jupiter.api.Test;

class AdamWTest {
    private static final int SMALL = 7;
    private static final int LARGE = 200_001;

    private static FlatParameters parameters() {
        FlatParameters parameters = FlatParameters.create(
                Map.of(
                        "",
                        List.of(
                                ParameterSpec.of("u", "weight", Initializer.normal(1), LARGE),
                                ParameterSpec.of("u", "bias", Initializer.normal(1), SMALL),
                                ParameterSpec.of("v", "last", Initializer.normal(1), SMALL))),
                ScalarType.Double,
                ComputeDevice.CPU,
                1);
        parameters.initialize(2);
        parameters.assign(parameter -> switch (parameter.name()) {
            case "weight" -> new ParameterAttributes(0.5, 1, false);
            case "bias" -> new ParameterAttributes(1, 0, false);
            default -> new ParameterAttributes(1, 1, true);
        });
        return parameters;
    }

    private static void gradients(FlatParameters parameters, int step) {
        try (TensorScope scope = TensorScope.open()) {
            for (ParameterUnit unit : parameters.units()) {
                Random random = new Random(step * 31L + unit.name().hashCode());
                double[] values = new double[(int) unit.length()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextGaussian();
                }
                unit.gradient().copy_(Tensors.of(values, values.length));
            }
        }
    }

    /** The published algorithm, one number at a time. */
    private static final class Reference {
        private final double[] value;
        private final double[] mean;
        private final double[] square;

        Reference(double[] value) {
            this.value = value.clone();
            this.mean = new double[value.length];
            this.square = new double[value.length];
        }

        void step(double[] gradient, double rate, double decay, int step) {
            for (int i = 0; i < value.length; i++) {
                value[i] -= rate * decay * value[i];
                mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
                double m = mean[i] / (1 - Math.pow(0.9, step));
                double v = square[i] / (1 - Math.pow(0.999, step));
                value[i] -= rate * m / (Math.sqrt(v) + 1e-8);
            }
        }
    }

    @Test
    void followsThePublishedAlgorithmWithItsMultipliers() {
        try (FlatParameters parameters = parameters();
                AdamW optimizer = AdamW.of(parameters, 0.9, 0.999, 1e-8)) {
            Map<String, Reference> references = new LinkedHashMap<>();
            parameters.state().forEach((name, tensor) -> references.put(name, new Reference(Tensors.doubles(tensor))));
            for (int step = 1; step <= 4; step++) {
                gradients(parameters, step);
                double rate = 0.01 * step;
                double lastRate = step == 1 ? 0 : rate;
                for (Parameter parameter : parameters.parameters()) {
                    ParameterAttributes attributes = parameter.attributes();
                    references
                            .get(parameter.name())
                            .step(
                                    Tensors.doubles(parameter.tensor().grad()),
                                    (attributes.lastLayer() ? lastRate : rate) * attributes.lrMultiplier(),
                                    0.3 * attributes.weightDecayMultiplier(),
                                    step);
                }
                optimizer.step(new Rates(rate, lastRate, 0.3));
            }
            assertEquals(4, optimizer.steps());
            parameters
                    .state()
                    .forEach((name, tensor) ->
                            assertArrayEquals(references.get(name).value, Tensors.doubles(tensor), 1e-11, name));
        }
    }

    @Test
    void partsOfUnitsGiveWhatTheWholeGives() {
        try (FlatParameters whole = parameters();
                FlatParameters cut = parameters();
                AdamW one = AdamW.of(whole, 0.9, 0.999, 1e-8);
                TensorScope scope = TensorScope.open()) {
            List<Slice> slices = cut.units().stream()
                    .flatMap(unit -> {
                        long middle = unit.length() / 3;
                        return List.of(slice(unit, 0, middle), slice(unit, middle, unit.length())).stream();
                    })
                    .toList();
            try (AdamW two = new AdamW(slices, 0.9, 0.999, 1e-8)) {
                for (int step = 1; step <= 2; step++) {
                    gradients(whole, step);
                    gradients(cut, step);
                    one.step(new Rates(0.1, 0.05, 0.2));
                    two.step(new Rates(0.1, 0.05, 0.2));
                }
            }
            whole.state()
                    .forEach((name, tensor) -> assertArrayEquals(
                            Tensors.doubles(tensor), Tensors.doubles(cut.state().get(name)), 0, name));
        }
    }

    private static Slice slice(ParameterUnit unit, long from, long to) {
        return new Slice(
                unit,
                from,
                to,
                unit.data().narrow(0, from, to - from),
                unit.gradient().narrow(0, from, to - from));
    }

    @Test
    void goesOnFromASavedState() {
        try (FlatParameters straight = parameters();
                FlatParameters resumed = parameters();
                AdamW first = AdamW.of(straight, 0.9, 0.999, 1e-8);
                AdamW second = AdamW.of(resumed, 0.9, 0.999, 1e-8)) {
            gradients(straight, 1);
            first.step(new Rates(0.1, 0.1, 0.2));
            resumed.copyFrom(straight);
            second.load(first.state(), first.steps());
            gradients(straight, 2);
            gradients(resumed, 2);
            first.step(new Rates(0.1, 0.1, 0.2));
            second.step(new Rates(0.1, 0.1, 0.2));
            straight.state()
                    .forEach((name, tensor) -> assertArrayEquals(
                            Tensors.doubles(tensor),
                            Tensors.doubles(resumed.state().get(name)),
                            0,
                            name));
            Map<String, Tensor> missing = new LinkedHashMap<>(first.state());
            missing.remove("exp_avg.u");
            assertThrows(IllegalArgumentException.class, () -> second.load(missing, 1));
        }
    }
}
