package org.dinobench.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ActivationCheckpointTest {
    private static final int PARTS = 40;

    @Test
    void gradientsAreThoseOfThePlainComputation() {
        double[][] plain = gradients(false, 0);
        double[][] checkpointed = gradients(true, 0);
        assertArrayEquals(plain[0], checkpointed[0], 0);
        assertArrayEquals(plain[1], checkpointed[1], 0);
        assertArrayEquals(plain[2], checkpointed[2], 0);
    }

    @Test
    void thePartMayDropRows() {
        double[][] plain = gradients(false, 2);
        double[][] checkpointed = gradients(true, 2);
        assertArrayEquals(plain[0], checkpointed[0], 0);
        assertArrayEquals(plain[1], checkpointed[1], 0);
        assertArrayEquals(plain[2], checkpointed[2], 0);
    }

    @Test
    void withoutRecordingItIsThePartAlone() {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Tensor x = Tensors.of(new float[] {1, 2}, 2, 1);
            int[] calls = {0};
            Tensor y = new ActivationCheckpoint().run(x, rows -> {
                calls[0]++;
                return rows.add(rows);
            });
            assertArrayEquals(new float[] {2, 4}, Tensors.floats(y));
            assertEquals(1, calls[0]);
        }
    }

    /** Loss value, gradient of the weight, gradient of the input of a chain of parts. */
    private static double[][] gradients(boolean checkpointed, int dropped) {
        try (TensorScope scope = TensorScope.open()) {
            Torch.seed(5);
            Tensor x = torch.randn(6, 4).to(torch.ScalarType.Double);
            x.set_requires_grad(true);
            Tensor w = torch.randn(4, 4).to(torch.ScalarType.Double);
            w.set_requires_grad(true);
            UnaryOperator<Tensor> part =
                    rows -> torch.tanh(torch.matmul(rows, w)).add(rows);
            UnaryOperator<Tensor> last = rows -> part.apply(rows).narrow(0, 0, 6 - dropped);
            Tensor y = x;
            ActivationCheckpoint checkpoint = new ActivationCheckpoint();
            for (int i = 0; i < PARTS; i++) {
                UnaryOperator<Tensor> step = i == PARTS - 1 ? last : part;
                y = checkpointed ? checkpoint.run(y, step) : step.apply(y);
            }
            Tensor loss = y.mul(y).sum();
            loss.backward();
            checkpoint.backward();
            return new double[][] {{loss.item_double()}, Tensors.doubles(w.grad()), Tensors.doubles(x.grad())};
        }
    }
}
