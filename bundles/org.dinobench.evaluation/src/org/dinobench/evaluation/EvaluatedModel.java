package org.dinobench.evaluation;

import java.util.Objects;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.model.ImageEmbedder;
import org.dinobench.model.VisionTransformer;

/**
 * A model to evaluate: a backbone of ours with all its tokens, or a black box that gives one vector an image. Exactly one
 * of the two is there.
 *
 * @param name as shown in reports
 * @param network open as long as the evaluation runs, not changed; null for a black box
 * @param blackBox open as long as the evaluation runs; null for a backbone
 */
public record EvaluatedModel(String name, VisionTransformer network, ImageEmbedder blackBox) {
    /** Rejects both and neither. */
    public EvaluatedModel {
        Objects.requireNonNull(name, "name");
        if ((network == null) == (blackBox == null)) {
            throw new IllegalArgumentException("Either a network or a black box is evaluated");
        }
    }

    /** A backbone. */
    public EvaluatedModel(String name, VisionTransformer network) {
        this(name, Objects.requireNonNull(network, "network"), null);
    }

    /** A model of which only its vectors are known, such as a TorchScript file. */
    public static EvaluatedModel blackBox(String name, ImageEmbedder embedder) {
        return new EvaluatedModel(name, null, Objects.requireNonNull(embedder, "embedder"));
    }

    /** Whether there are vectors only: no patch tokens, no blocks, no attention. */
    public boolean isBlackBox() {
        return network == null;
    }

    /**
     * The backbone, for work that looks inside.
     *
     * @param purpose what it is wanted for, such as {@code the linear probe}
     * @throws BadInputException when this is a black box
     */
    public VisionTransformer backbone(String purpose) {
        if (network == null) {
            throw new BadInputException(
                    name,
                    "it gives one vector an image and nothing of its blocks, which " + purpose + " needs",
                    "give the weights instead of a TorchScript file, or leave that out");
        }
        return network;
    }
}
