package org.dinobench.evaluation.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.VisionTransformer;

/**
 * What to export.
 *
 * @param network the backbone; stays open and unchanged
 * @param transform how images are prepared for it; formats with a place for that record it, and the check uses it
 * @param target file or folder to write
 * @param card what is told about the model
 * @param options choices of formats that hold a program
 * @param checkImages real images on which the written model is compared with this one; where there are none the
 *     comparison uses random pixels and its result says so
 */
public record ExportRequest(
        VisionTransformer network,
        EvalTransform transform,
        Path target,
        ModelCard card,
        ExportOptions options,
        List<Path> checkImages) {
    /** Copies the list. */
    public ExportRequest {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(transform, "transform");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(options, "options");
        checkImages = List.copyOf(checkImages);
        if (transform.size() % network.config().patch() != 0) {
            throw new BadInputException(
                    "image size",
                    transform.size() + " is no multiple of the model's patch of "
                            + network.config().patch() + " pixels",
                    "choose another size");
        }
    }

    /** With the usual options. */
    public ExportRequest(
            VisionTransformer network, EvalTransform transform, Path target, ModelCard card, List<Path> checkImages) {
        this(network, transform, target, card, ExportOptions.USUAL, checkImages);
    }
}
