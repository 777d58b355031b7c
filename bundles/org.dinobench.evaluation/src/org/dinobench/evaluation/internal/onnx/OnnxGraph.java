package org.dinobench.evaluation.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * A computation in the operators of ONNX, built node by node. Every value is float32 unless it is said to be whole
 * numbers. Field numbers are those of {@code onnx.proto}.
 */
final class OnnxGraph {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final ProtoMessage nodes = new ProtoMessage();
    private final ProtoMessage inputs = new ProtoMessage();
    private final ProtoMessage outputs = new ProtoMessage();
    private final ProtoMessage constants = new ProtoMessage();
    private final List<Weight> weights = new ArrayList<>();
    private int count;

    /**
     * A stored tensor that is computed when it is written, so that only one is in memory beside the network.
     *
     * @param name unique
     * @param shape its sizes
     * @param values makes it, float32 with that shape, in the scope of the caller
     */
    record Weight(String name, long[] shape, Supplier<Tensor> values) {
        long bytes() {
            return 4 * Arrays.stream(shape).reduce(1, Math::multiplyExact);
        }
    }

    /** A setting of a node. */
    record Attribute(ProtoMessage message) {
        private static final int KIND = 20;

        static Attribute of(String name, long value) {
            return new Attribute(
                    new ProtoMessage().text(1, name).integer(3, value).integer(KIND, 2));
        }

        static Attribute of(String name, float value) {
            return new Attribute(new ProtoMessage().text(1, name).real(2, value).integer(KIND, 1));
        }

        static Attribute of(String name, String value) {
            return new Attribute(new ProtoMessage().text(1, name).text(4, value).integer(KIND, 3));
        }

        static Attribute of(String name, Long... values) {
            return new Attribute(new ProtoMessage()
                    .text(1, name)
                    .integers(8, List.of(values))
                    .integer(KIND, 7));
        }
    }

    /** @return the name of the node's only result */
    String node(String operator, List<String> from, Attribute... attributes) {
        return nodes(operator, from, 1, attributes).get(0);
    }

    /** @return the names of the node's results */
    List<String> nodes(String operator, List<String> from, int results, Attribute... attributes) {
        String base = operator.toLowerCase(java.util.Locale.ROOT) + "_" + count++;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            names.add(results == 1 ? base : base + "_" + i);
        }
        add(operator, base, from, names, attributes);
        return names;
    }

    /** A node whose result has a name for the outside. */
    void named(String name, String operator, List<String> from, Attribute... attributes) {
        add(operator, operator.toLowerCase(java.util.Locale.ROOT) + "_" + count++, from, List.of(name), attributes);
    }

    private void add(String operator, String name, List<String> from, List<String> to, Attribute... attributes) {
        ProtoMessage node = new ProtoMessage();
        from.forEach(input -> node.text(1, input));
        to.forEach(output -> node.text(2, output));
        node.text(3, name).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message());
        }
        nodes.message(1, node);
    }

    /** @return {@code name} */
    String weight(String name, Supplier<Tensor> values, long... shape) {
        weights.add(new Weight(name, shape, values));
        return name;
    }

    /** A list of whole numbers. */
    String integers(long... values) {
        String name = "integers_" + count++;
        java.nio.ByteBuffer raw =
                java.nio.ByteBuffer.allocate(8 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        constants.message(5, constant(name, INT64, values.length, raw.array()));
        return name;
    }

    /** A list of numbers. */
    String reals(float... values) {
        String name = "reals_" + count++;
        java.nio.ByteBuffer raw =
                java.nio.ByteBuffer.allocate(4 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        constants.message(5, constant(name, FLOAT, values.length, raw.array()));
        return name;
    }

    private static ProtoMessage constant(String name, int type, int length, byte[] raw) {
        return new ProtoMessage()
                .integers(1, List.of((long) length))
                .integer(2, type)
                .text(8, name)
                .bytes(9, raw);
    }

    /** @param sizes numbers for fixed sizes, texts for names of sizes that the caller chooses */
    String input(String name, Object... sizes) {
        inputs.message(11, value(name, sizes));
        return name;
    }

    /** @param sizes as for {@link #input} */
    void output(String name, Object... sizes) {
        outputs.message(12, value(name, sizes));
    }

    private static ProtoMessage value(String name, Object... sizes) {
        ProtoMessage shape = new ProtoMessage();
        for (Object size : sizes) {
            ProtoMessage dimension = new ProtoMessage();
            shape.message(
                    1,
                    size instanceof Number number
                            ? dimension.integer(1, number.longValue())
                            : dimension.text(2, (String) size));
        }
        ProtoMessage tensor = new ProtoMessage().integer(1, FLOAT).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }

    /** Everything of the graph's message but its weights. */
    ProtoMessage structure(String name) {
        return new ProtoMessage()
                .append(nodes)
                .text(2, name)
                .append(constants)
                .append(inputs)
                .append(outputs);
    }

    /** The tensors to be written beside the structure. */
    List<Weight> weights() {
        return List.copyOf(weights);
    }
}
