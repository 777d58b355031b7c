package org.dinobench.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TensorsTest {
    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(4 * count)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Test
    void wrappedBufferSharesItsMemory() {
        FloatBuffer buffer = direct(7);
        for (int i = 0; i < 7; i++) {
            buffer.put(i, i);
        }
        buffer.position(1);
        try (TensorScope scope = TensorScope.open()) {
            Tensor tensor = Tensors.wrap(buffer, 2, 3);
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, Tensors.floats(tensor));
            tensor.mul_(new Scalar(10.0));
            assertEquals(60, buffer.get(6));
            buffer.put(1, -1);
            assertEquals(-1, Tensors.floats(tensor)[0]);
        }
        assertThrows(IllegalArgumentException.class, () -> Tensors.wrap(buffer, 2, 4));
        assertThrows(IllegalArgumentException.class, () -> Tensors.wrap(FloatBuffer.allocate(6), 2, 3));
    }

    @Test
    void copiesFollowRowMajorOrderWhateverTheStridesAndType() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor transposed = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).t();
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, Tensors.floats(transposed));
            assertArrayEquals(
                    new double[] {1, 4, 2, 5, 3, 6}, Tensors.doubles(transposed.to(torch.ScalarType.BFloat16)));
            FloatBuffer target = direct(8);
            target.position(1);
            Tensors.copy(transposed, target);
            assertEquals(7, target.position());
            assertEquals(4, target.get(2));
            float[] array = new float[8];
            Tensors.copy(transposed, array, 2);
            assertArrayEquals(new float[] {0, 0, 1, 4, 2, 5, 3, 6}, array);
            assertThrows(IllegalArgumentException.class, () -> Tensors.copy(transposed, array, 3));
            assertArrayEquals(new long[] {3, 2}, Tensors.shape(transposed));
        }
    }

    @Test
    void djlAndJavaCppSeeOneTensor() {
        Torch.start();
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
            NDArray array = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
            NDArray given;
            try (TensorScope scope = TensorScope.open()) {
                Tensor borrowed = Tensors.borrow(array);
                borrowed.add_(new Scalar(1.0));
                Tensor product = torch.matmul(borrowed, borrowed);
                given = Tensors.give(manager, product);
                assertEquals(new Shape(2, 2), given.getShape());
            }
            assertArrayEquals(new float[] {2, 3, 4, 5}, array.toFloatArray());
            // outlives the scope of the tensor it was made from
            assertArrayEquals(new float[] {16, 21, 28, 37}, given.toFloatArray());
        }
    }

    @Test
    void scopesHandResultsOutward() {
        Tensor free;
        try (TensorScope outer = TensorScope.open()) {
            Tensor kept;
            try (TensorScope inner = TensorScope.open()) {
                kept = inner.keep(torch.ones(3));
            }
            assertArrayEquals(new float[] {1, 1, 1}, Tensors.floats(kept));
            free = outer.detach(torch.ones(2));
        }
        assertArrayEquals(new float[] {1, 1}, Tensors.floats(free));
        free.close();
    }

    @Test
    void scopesCloseInnermostFirst() {
        TensorScope outer = TensorScope.open();
        TensorScope inner = TensorScope.open();
        assertThrows(IllegalStateException.class, outer::close);
        inner.close();
        outer.close();
    }

    @Test
    void nativeErrorsBecomeJavaExceptions() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor a = torch.ones(2, 3);
            assertThrows(RuntimeException.class, () -> torch.matmul(a, a));
        }
    }
}
