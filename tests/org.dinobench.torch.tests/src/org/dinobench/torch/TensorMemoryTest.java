package org.dinobench.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TensorMemoryTest {
    @Test
    void weightsMayBeAwayBetweenForwardAndBackward() {
        try (TensorScope scope = TensorScope.open()) {
            Torch.seed(3);
            float[] weights = Tensors.floats(torch.randn(12));
            Tensor x = torch.randn(5, 4);
            assertArrayEquals(gradient(weights, x, false), gradient(weights, x, true));
        }
    }

    private static float[] gradient(float[] weights, Tensor x, boolean away) {
        try (FlatParameters parameters = FlatParameters.createReleased(
                Map.of("", List.of(ParameterSpec.of("u", "w", ParameterSpec.Initializer.ZEROS, 3, 4))),
                ScalarType.Float,
                ComputeDevice.CPU,
                5,
                true)) {
            ParameterUnit unit = parameters.units().iterator().next();
            assertFalse(TensorMemory.isThere(unit.data()));
            fill(unit.data(), weights);
            Tensor y = torch.tanh(torch.linear(x, parameters.parameter("w").tensor()));
            if (away) {
                TensorMemory.release(unit.data());
                TensorMemory.release(unit.data());
                fill(unit.data(), weights);
            }
            TensorMemory.restore(unit.gradient());
            try (Torch.GradSwitch off = Torch.noGrad()) {
                unit.gradient().zero_();
            }
            y.mul(y).sum().backward();
            assertTrue(TensorMemory.isThere(unit.gradient()));
            assertEquals(15, unit.length());
            return Tensors.floats(unit.gradient());
        }
    }

    /** Past autograd's book of changes, as a collective does. */
    private static void fill(Tensor data, float[] values) {
        TensorMemory.restore(data);
        data.data_ptr_float().put(values, 0, values.length);
    }

    @Test
    void releasedMemoryIsGivenBackToTheSystem() {
        Path statm = Path.of("/proc/self/statm");
        Assumptions.assumeTrue(Files.isReadable(statm), "this system does not tell resident memory in /proc");
        try (TensorScope scope = TensorScope.open()) {
            Tensor large = torch.ones(100L << 20);
            long with = Pointer.physicalBytes();
            TensorMemory.release(large);
            long without = Pointer.physicalBytes();
            assertTrue(with - without > 300L << 20, with + " to " + without);
        }
    }
}
