package org.dinobench.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionKernelTest {
    @ParameterizedTest
    @EnumSource(AttentionKernel.class)
    void valuesAndGradientsAreThoseOfTheDefinition(AttentionKernel kernel) {
        try (TensorScope scope = TensorScope.open()) {
            Torch.seed(1);
            Tensor query = leaf(2, 3, 4, 5);
            Tensor key = leaf(2, 3, 6, 5);
            Tensor value = leaf(2, 3, 6, 5);
            Tensor out = kernel.apply(query, key, value);
            Tensor weight = torch.randn(2, 3, 4, 5).to(ScalarType.Double);
            out.mul(weight).sum().backward();
            double[] q = Tensors.doubles(query);
            double[] k = Tensors.doubles(key);
            double[] v = Tensors.doubles(value);
            double[] got = Tensors.doubles(out);
            assertArrayEquals(attention(q, k, v), got, 1e-12);
            double[] w = Tensors.doubles(weight);
            assertGradient(query, index -> loss(shifted(q, index, 1e-6), k, v, w));
            assertGradient(key, index -> loss(q, shifted(k, index, 1e-6), v, w));
            assertGradient(value, index -> loss(q, k, shifted(v, index, 1e-6), w));
        }
    }

    private interface Shifted {
        double loss(int signedIndex);
    }

    private static void assertGradient(Tensor leaf, Shifted shifted) {
        double[] gradient = Tensors.doubles(leaf.grad());
        for (int i = 0; i < gradient.length; i += 7) {
            double numeric = (shifted.loss(i + 1) - shifted.loss(-i - 1)) / 2e-6;
            assertEquals(numeric, gradient[i], 1e-7);
        }
    }

    /** @param signedIndex index + 1, negative to shift down */
    private static double[] shifted(double[] values, int signedIndex, double step) {
        double[] copy = values.clone();
        copy[Math.abs(signedIndex) - 1] += Math.signum(signedIndex) * step;
        return copy;
    }

    private static double loss(double[] q, double[] k, double[] v, double[] w) {
        double[] out = attention(q, k, v);
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            sum += out[i] * w[i];
        }
        return sum;
    }

    private static double[] attention(double[] q, double[] k, double[] v) {
        double[] out = new double[6 * 4 * 5];
        for (int head = 0; head < 6; head++) {
            for (int t = 0; t < 4; t++) {
                double[] p = new double[6];
                double sum = 0;
                for (int s = 0; s < 6; s++) {
                    double dot = 0;
                    for (int c = 0; c < 5; c++) {
                        dot += q[(head * 4 + t) * 5 + c] * k[(head * 6 + s) * 5 + c];
                    }
                    p[s] = Math.exp(dot / Math.sqrt(5));
                    sum += p[s];
                }
                for (int s = 0; s < 6; s++) {
                    for (int c = 0; c < 5; c++) {
                        out[(head * 4 + t) * 5 + c] += p[s] / sum * v[(head * 6 + s) * 5 + c];
                    }
                }
            }
        }
        return out;
    }

    private static Tensor leaf(long... shape) {
        Tensor leaf = torch.randn(shape).to(ScalarType.Double);
        leaf.set_requires_grad(true);
        return leaf;
    }
}
