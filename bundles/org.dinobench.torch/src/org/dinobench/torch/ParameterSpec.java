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
     * How values start.
     *
     * @param kind the distribution
     * @param a mean of the normal, lower end of the uniform distribution, or the constant
     * @param b standard deviation of the normal, upper end of the uniform distribution; unused for a constant
     */
    public record Initializer(Kind kind, double a, double b) {
        /** All zero. */
        public static final Initializer ZEROS = constant(0);

        /** All one. */
        public static final Initializer ONES = constant(1);

        /** Distributions. */
        public enum Kind {
            /** One value everywhere. */
            CONSTANT,
            /** Normal, cut off at -2 and 2 (far outside for the deviations in use). */
            NORMAL,
            /** Uniform between two ends. */
            UNIFORM
        }

        /** The same value everywhere. */
        public static Initializer constant(double value) {
            return new Initializer(Kind.CONSTANT, value, 0);
        }

        /** Normal around zero. */
        public static Initializer normal(double deviation) {
            return new Initializer(Kind.NORMAL, 0, deviation);
        }

        /** Uniform in {@code (-bound, bound)}. */
        public static Initializer uniform(double bound) {
            return new Initializer(Kind.UNIFORM, -bound, bound);
        }
    }
}
