package org.dinobench.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * One trained tensor: a leaf of the autograd graph whose values and gradient are views of its unit's flat tensors.
 * Operations use {@link #tensor()} directly.
 */
public final class Parameter {
    private final String name;
    private final ParameterSpec spec;
    private final ParameterUnit unit;
    private final long offset;
    private final Tensor tensor;
    private ParameterAttributes attributes = ParameterAttributes.DEFAULT;

    Parameter(String name, ParameterSpec spec, ParameterUnit unit, long offset, Tensor tensor) {
        this.name = name;
        this.spec = spec;
        this.unit = unit;
        this.offset = offset;
        this.tensor = tensor;
    }

    /** Full name with the module in front, such as {@code backbone.blocks.0.attn.qkv.weight}. */
    public String name() {
        return name;
    }

    /** The declaration, with the name within the module. */
    public ParameterSpec spec() {
        return spec;
    }

    /** The unit it is stored in. */
    public ParameterUnit unit() {
        return unit;
    }

    /** Index of its first element in the unit's flat tensors. */
    public long offset() {
        return offset;
    }

    /** The leaf; owned by the {@link FlatParameters}, never to be closed. */
    public Tensor tensor() {
        return tensor;
    }

    /** What the optimizer does differently for it. */
    public ParameterAttributes attributes() {
        return attributes;
    }

    void attributes(ParameterAttributes changed) {
        this.attributes = changed;
    }
}
