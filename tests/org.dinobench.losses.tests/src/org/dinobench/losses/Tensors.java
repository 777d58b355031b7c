package org.dinobench.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Function;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Comparisons and gradient checks. */
final class Tensors {
    private Tensors() {}

    static double maxDifference(Tensor a, Tensor b) {
        return a.to(ScalarType.Double).sub(b.to(ScalarType.Double)).abs().max().item_double();
    }

    static void assertClose(Tensor expected, Tensor actual, double tolerance) {
        assertEquals(expected.numel(), actual.numel());
        double difference = maxDifference(expected.reshape(-1), actual.reshape(-1));
        assertTrue(difference <= tolerance, "largest difference " + difference + ", allowed " + tolerance);
    }

    static Tensor random(Random random, double scale, long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= Math.toIntExact(size);
        }
        double[] values = random.doubles(count, -scale, scale).toArray();
        return torch.from_blob(new DoublePointer(values), shape, new TensorOptions(ScalarType.Double))
                .clone();
    }

    /** A probability in each row. */
    static Tensor randomTargets(Random random, long rows, long columns) {
        return torch.softmax(random(random, 3, rows, columns), -1);
    }

    /** Compares autograd with central differences in double precision, at every element of the input. */
    static void checkGradient(Tensor input, Function<Tensor, Tensor> loss) {
        Tensor leaf = input.to(ScalarType.Double).clone().requires_grad_(true);
        loss.apply(leaf).backward();
        Tensor gradient = leaf.grad().reshape(-1);
        double step = 1e-6;
        for (long i = 0; i < input.numel(); i++) {
            double up = shifted(input, loss, i, step);
            double down = shifted(input, loss, i, -step);
            double numeric = (up - down) / (2 * step);
            double analytic = gradient.narrow(0, i, 1).item_double();
            assertEquals(numeric, analytic, 1e-6 * Math.max(1, Math.abs(numeric)), "element " + i);
        }
    }

    private static double shifted(Tensor input, Function<Tensor, Tensor> loss, long element, double by) {
        Tensor copy = input.to(ScalarType.Double).clone();
        copy.view(-1).narrow(0, element, 1).add_(new Scalar(by));
        return loss.apply(copy).item_double();
    }
}
