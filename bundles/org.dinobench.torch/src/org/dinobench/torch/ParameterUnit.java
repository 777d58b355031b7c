package org.dinobench.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A named group of parameters with one flat tensor of values and one of gradients: the grain of sharding,
 * communication, optimizer steps and moving averages. The flat length may exceed the sum of the parameters (padding,
 * always zero) so that it divides evenly among ranks.
 */
public final class ParameterUnit {
    private final String name;
    private final String module;
    private final Tensor data;
    private final Tensor gradient;
    private final List<Parameter> parameters = new ArrayList<>();

    ParameterUnit(String name, String module, Tensor data, Tensor gradient) {
        this.name = name;
        this.module = module;
        this.data = data;
        this.gradient = gradient;
    }

    void add(Parameter parameter) {
        parameters.add(parameter);
    }

    /** Full name with the module in front, such as {@code backbone.blocks.0}. */
    public String name() {
        return name;
    }

    /** The module (sub-model) it belongs to, such as {@code backbone} or {@code dino_head}. */
    public String module() {
        return module;
    }

    /** Flat values {@code [length]}; changing them changes the parameters. */
    public Tensor data() {
        return data;
    }

    /** Flat gradients {@code [length]}, or null for a copy that is not trained. */
    public Tensor gradient() {
        return gradient;
    }

    /** Number of elements with padding. */
    public long length() {
        return data.numel();
    }

    /** The parameters in the order of their offsets. */
    public List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    /**
     * A stretch of the flat tensors whose elements share their attributes.
     *
     * @param from first element
     * @param to element after the last
     * @param attributes the shared attributes; padding takes those of the parameter before it
     */
    public record Run(long from, long to, ParameterAttributes attributes) {}

    /** The stretches of equal attributes between two elements of the flat tensors, in order. */
    public List<Run> runs(long from, long to) {
        if (from < 0 || to < from || to > length()) {
            throw new IndexOutOfBoundsException(from + " to " + to + " of " + length());
        }
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            long end = i + 1 < parameters.size() ? parameters.get(i + 1).offset() : length();
            long a = Math.max(from, parameter.offset());
            long b = Math.min(to, end);
            if (a >= b) {
                continue;
            }
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.attributes().equals(parameter.attributes())) {
                runs.set(runs.size() - 1, new Run(last.from(), b, last.attributes()));
            } else {
                runs.add(new Run(a, b, parameter.attributes()));
            }
        }
        return runs;
    }
}
