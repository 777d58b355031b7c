package org.dinobench.evaluation;

import java.util.Objects;
import org.dinobench.model.VisionTransformer;

/**
 * A model to evaluate.
 *
 * @param name as shown in reports
 * @param network open as long as the evaluation runs; not changed
 */
public record EvaluatedModel(String name, VisionTransformer network) {
    /** Rejects nulls. */
    public EvaluatedModel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(network, "network");
    }
}
