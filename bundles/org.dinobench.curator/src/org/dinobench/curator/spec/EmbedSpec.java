package org.dinobench.curator.spec;

import org.dinobench.core.spec.Key;

/**
 * Which model looks at the images.
 *
 * @param model for clusters and retrieval
 */
public record EmbedSpec(
        @Key(
                doc = "The model that embeds the images: builtin, or a run, a checkpoint, an HF folder, a .pth or a"
                        + " TorchScript file.",
                def = "builtin")
        String model) {}
