package org.dinobench.torch.format;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A file of named tensors, open for reading. */
public interface TensorFile extends AutoCloseable {
    /** What the file holds, in file order. */
    Map<String, TensorEntry> entries();

    /** Free texts about the file; empty when it has none. */
    Map<String, String> metadata();

    /**
     * Copies one tensor into native memory, in its stored type, on the CPU. The result belongs to the current scope.
     *
     * @throws IllegalArgumentException when there is no such tensor
     */
    Tensor read(String name);

    /** Copies all tensors into native memory. */
    default Map<String, Tensor> readAll() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        entries().keySet().forEach(name -> tensors.put(name, read(name)));
        return tensors;
    }

    @Override
    void close();
}
