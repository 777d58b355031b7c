package org.dinobench.evaluation.export;

import org.dinobench.core.problem.BadInputException;

/**
 * Choices of formats that hold a program beside the weights.
 *
 * @param attention whether the last block's attention probabilities are an output too
 * @param fixedSize whether only images of the transform's size are taken; otherwise all sizes that are multiples of the
 *     patch, the position embeddings being interpolated inside
 */
public record ExportOptions(boolean attention, boolean fixedSize) {
    /** Class and patch tokens, any size. */
    public static final ExportOptions USUAL = new ExportOptions(false, false);

    /**
     * For formats that hold weights only.
     *
     * @throws BadInputException when something else than {@link #USUAL} is asked for
     */
    void requireUsual(String format) {
        if (!equals(USUAL)) {
            throw new BadInputException(
                    attention ? "attention" : "fixed size",
                    "the format " + format + " holds weights, whose reader decides on outputs and sizes",
                    "leave it out, or export as torchscript or onnx");
        }
    }
}
