package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;

/** One file of golden numbers, read whole into the current scope. */
final class Golden {
    private final String name;
    private final Map<String, Tensor> tensors;

    private Golden(String name, Map<String, Tensor> tensors) {
        this.name = name;
        this.tensors = tensors;
    }

    static Golden read(String name) throws IOException {
        Torch.start();
        String folder = System.getProperty("dinobench.golden");
        assertNotNull(folder, "system property dinobench.golden");
        try (TensorFile file = Safetensors.open(Path.of(folder, name + ".safetensors"))) {
            return new Golden(name, file.readAll());
        }
    }

    Tensor get(String key) {
        Tensor tensor = tensors.get(key);
        assertNotNull(tensor, name + " " + key);
        return tensor;
    }

    boolean has(String key) {
        return tensors.containsKey(key);
    }

    /** The tensors whose names start with a prefix, without it. */
    Map<String, Tensor> under(String prefix) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        tensors.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Checks shape and values; the tolerance is relative to the largest expected magnitude. */
    void check(String key, Tensor actual, double tolerance) {
        Tensor expected = get(key);
        assertArrayEquals(Tensors.shape(expected), Tensors.shape(actual), name + " " + key);
        double[] want = Tensors.doubles(expected);
        double[] got = Tensors.doubles(actual);
        double scale = 1e-30;
        for (double value : want) {
            scale = Math.max(scale, Math.abs(value));
        }
        double worst = 0;
        for (int i = 0; i < want.length; i++) {
            worst = Math.max(worst, Math.abs(want[i] - got[i]) / scale);
            if (Double.isNaN(got[i])) {
                worst = Double.NaN;
            }
        }
        assertEquals(0, worst, tolerance, name + " " + key);
    }
}
