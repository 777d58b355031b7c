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
    void partsThatKeepTheirActivationsGiveTheSameGradients() {
        StringBuilder told = new StringBuilder();
        double[][] plain = gradients(false, 2);
        double[][] cut = gradients(new ActivationCheckpoint(false, new Teller(told)), true, 2);
        assertArrayEquals(plain[0], cut[0], 0);
        assertArrayEquals(plain[1], cut[1], 0);
        assertArrayEquals(plain[2], cut[2], 0);
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < PARTS; i++) {
            order.append("f").append(i).append("e").append(i);
        }
        for (int i = PARTS - 1; i >= 0; i--) {
            order.append("b").append(i).append("d").append(i);
        }
        assertEquals(order.toString(), told.toString());
    }

    private record Teller(StringBuilder told) implements ActivationCheckpoint.Listener {
        @Override
        public void beginForward(int part) {
            told.append("f").append(part);
        }

        @Override
        public void endForward(int part) {
            told.append("e").append(part);
        }

        @Override
        public void beginBackward(int part) {
            told.append("b").append(part);
        }

        @Override
        public void endBackward(int part) {
            told.append("d").append(part);
        }
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
        return gradients(new ActivationCheckpoint(), checkpointed, dropped);
    }

    private static double[][] gradients(ActivationCheckpoint checkpoint, boolean checkpointed, int dropped) {
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
