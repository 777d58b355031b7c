package org.dinobench.torch.format;

import java.util.List;

/**
 * One tensor in a file, before it is read.
 *
 * @param name its name
 * @param type its elements
 * @param shape its sizes; empty for a single number
 */
public record TensorEntry(String name, TensorType type, List<Long> shape) {
    /** Copies the shape. */
    public TensorEntry {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** The sizes as an array. */
    public long[] sizes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
