package org.dinobench.evaluation.embed;

import java.util.Objects;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.imaging.augment.EvalTransform;

/**
 * What is written for each image and how it is computed.
 *
 * @param kind what stands for an image
 * @param patches whether every patch token is written too
 * @param transform makes network input of an image
 * @param batchSize images per forward pass, at least 1
 * @param workers threads that decode ahead, at least 1
 */
public record EmbedSpec(FeatureKind kind, boolean patches, EvalTransform transform, int batchSize, int workers) {
    /** Checks ranges. */
    public EmbedSpec {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(transform, "transform");
        if (batchSize < 1 || workers < 1) {
            throw new BadInputException(
                    "embed",
                    "a batch of " + batchSize + " and " + workers + " workers are not possible",
                    "give at least 1 of each");
        }
    }

    /** What decides the content of the files, as one line. */
    String contents() {
        return kind + " " + patches + " " + transform;
    }
}
