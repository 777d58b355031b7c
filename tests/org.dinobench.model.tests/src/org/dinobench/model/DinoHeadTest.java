package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.Parameter;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DinoHeadTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void gradientsAgreeWithDifferencesInDoublePrecision(int layers) {
        DinoHeadConfig config = new DinoHeadConfig(6, 9, 7, 5, layers);
        try (TensorScope scope = TensorScope.open();
                FlatParameters parameters = FlatParameters.create(
                        Map.of("", DinoHead.layout(config)), ScalarType.Double, ComputeDevice.CPU, 1)) {
            parameters.initialize(4);
            Random random = new Random(2);
            for (Parameter parameter : parameters.parameters()) {
                double[] noise = new double[(int) parameter.spec().count()];
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = 0.4 * random.nextGaussian();
                }
                parameter
                        .tensor()
                        .detach()
                        .add_(Tensors.of(noise, parameter.spec().sizes()));
            }
            DinoHead head = new DinoHead(config, parameters.module(""));
            Torch.seed(7);
            Tensor tokens = torch.randn(4, 6).to(ScalarType.Double);
            loss(head, tokens).backward();
            for (Parameter parameter : parameters.parameters()) {
                int index = random.nextInt((int) parameter.spec().count());
                double gradient = Tensors.doubles(parameter.tensor().grad())[index];
                double up = shifted(head, tokens, parameter, index, 1e-5);
                double down = shifted(head, tokens, parameter, index, -1e-5);
                assertEquals((up - down) / 2e-5, gradient, 1e-6 * Math.max(1, Math.abs(gradient)), parameter.name());
            }
        }
    }

    private static Tensor loss(DinoHead head, Tensor tokens) {
        return head.forward(tokens).mul(new Scalar(3.0)).sin().sum();
    }

    private static double shifted(DinoHead head, Tensor tokens, Parameter parameter, int index, double by) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor one = parameter.tensor().detach().view(-1).narrow(0, index, 1);
            Tensor before = one.clone();
            one.add_(new Scalar(by));
            double value = loss(head, tokens).item_double();
            one.copy_(before);
            return value;
        }
    }
}
