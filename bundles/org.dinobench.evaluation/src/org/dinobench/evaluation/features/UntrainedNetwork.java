package org.dinobench.evaluation.features;

import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.FlatParameters;

/**
 * A network of the same shape with its weights as they start: the baseline that says what training has added. LayerScale
 * starts at 1, as at its usual 1e-5 the blocks would hardly take part.
 */
public final class UntrainedNetwork implements AutoCloseable {
    private final FlatParameters parameters;
    private final VisionTransformer network;

    /** @param seed of the weights */
    public UntrainedNetwork(VitConfig trained, long seed) {
        VitConfig config = trained.withLayerScale(1);
        parameters = FlatParameters.create(VisionTransformer.layout(config)).likeTeacher();
        parameters.initialize(seed);
        network = new VisionTransformer(config, parameters.module(""));
    }

    /** The network; open as long as this is. */
    public VisionTransformer network() {
        return network;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
