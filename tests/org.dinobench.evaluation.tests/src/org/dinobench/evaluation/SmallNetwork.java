package org.dinobench.evaluation;

import org.dinobench.model.Ffn;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;

/** A network of a few thousand weights, open until closed. */
public final class SmallNetwork implements AutoCloseable {
    private final FlatParameters parameters;
    private final VisionTransformer network;

    /** Random weights of a shape. */
    public SmallNetwork(VitConfig config, long seed) {
        parameters = FlatParameters.create(VisionTransformer.layout(config)).likeTeacher();
        parameters.initialize(seed);
        network = new VisionTransformer(config, parameters.module(""));
    }

    /** Three blocks, 24 wide, 3 heads, patch 4, position embedding for 16 pixels. */
    public static VitConfig config(int registers, Ffn ffn) {
        return new VitConfig(
                "small",
                24,
                3,
                3,
                4,
                4,
                16,
                registers,
                ffn,
                1,
                true,
                registers > 0 ? 0 : 0.1,
                registers > 0,
                0,
                true,
                3);
    }

    /** The network. */
    public VisionTransformer network() {
        return network;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
