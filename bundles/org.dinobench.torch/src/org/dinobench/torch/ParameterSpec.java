package org.dinobench.torch;

import java.util.Arrays;
import java.util.List;

/**
 * The declaration of one trained tensor.
 *
 * @param unit name of the group it is stored and sharded with, such as {@code blocks.0}
 * @param name its name within the module, such as {@code blocks.0.attn.qkv.weight}
 * @param shape sizes, each at least 1
 * @param init how a new model fills it
 */
public record ParameterSpec(String unit, String name, List<Long> shape, Initializer init) {
    /** Checks the parts. */
    public ParameterSpec {
        shape = List.copyOf(shape);
        if (unit.isEmpty() || name.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("Bad parameter '" + name + "' of unit '" + unit + "': " + shape);
        }
    }

    /** As the canonical constructor, with the sizes as an array. */
    public static ParameterSpec of(String unit, String name, Initializer init, long... shape) {
        return new ParameterSpec(unit, name, Arrays.stream(shape).boxed().toList(), init);
    }

    /** Number of elements. */
    public long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** The sizes as an array. */
    public long[] sizes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * How values start: normal with a mean and a deviation; a deviation of zero is the constant {@code mean}.
     *
     * @param mean the middle
     * @param deviation the standard deviation, at least 0
     */
    public record Initializer(double mean, double deviation) {
        /** All zero. */
        public static final Initializer ZEROS = new Initializer(0, 0);

        /** All one. */
        public static final Initializer ONES = new Initializer(1, 0);

        /** The same value everywhere. */
        public static Initializer constant(double value) {
            return new Initializer(value, 0);
        }

        /** Normal around zero. */
        public static Initializer normal(double deviation) {
            return new Initializer(0, deviation);
        }
    }
}
