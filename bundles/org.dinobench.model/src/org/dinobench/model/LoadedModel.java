package org.dinobench.model;

import java.nio.file.Path;
import java.util.Map;
import org.dinobench.torch.FlatParameters;

/**
 * A backbone read from a file, ready for inference: fp32, without gradients.
 *
 * @param network the backbone; open as long as this is
 * @param parameters its weights, owned by this
 * @param source the file it was read from
 * @param facts what the file says of itself, such as the training step, and under {@code shape_from} where its shape is
 *     said
 */
public record LoadedModel(VisionTransformer network, FlatParameters parameters, Path source, Map<String, String> facts)
        implements AutoCloseable {
    /** Copies the map. */
    public LoadedModel {
        facts = Map.copyOf(facts);
    }

    /** Its shape. */
    public VitConfig config() {
        return network.config();
    }

    /** Its features, for batches of pixels. */
    public FeatureModel features() {
        return new FeatureModel(network);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
