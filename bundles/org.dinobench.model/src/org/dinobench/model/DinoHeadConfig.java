package org.dinobench.model;

import org.dinobench.core.problem.BadInputException;

/**
 * The shape of a projection head.
 *
 * @param input width of the backbone's tokens
 * @param prototypes number of outputs
 * @param hidden width of the hidden layers
 * @param bottleneck width before the last layer
 * @param layers number of layers of the MLP, at least 1
 */
public record DinoHeadConfig(int input, int prototypes, int hidden, int bottleneck, int layers) {
    /** Checks the parts. */
    public DinoHeadConfig {
        require(input >= 1, "input", input);
        require(prototypes >= 1, "head_n_prototypes", prototypes);
        require(hidden >= 1, "head_hidden_dim", hidden);
        require(bottleneck >= 1, "head_bottleneck_dim", bottleneck);
        require(layers >= 1 && layers <= 16, "head_nlayers", layers);
    }

    private static void require(boolean holds, String key, int value) {
        if (!holds) {
            throw new BadInputException("head " + key, "the value " + value + " is not possible", "");
        }
    }
}
