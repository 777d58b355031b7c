package org.dinobench.losses;

import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/**
 * What student and teacher gave in one step. All tensors are floating point, crop-major (the first crop of every
 * image, then the second, and so on); the student's carry a gradient, the teacher's do not. A part that no loss asked
 * for ({@link LossTerm#needs()}) is {@code null}.
 *
 * @param images images in this step on this rank, B
 * @param globalCrops global crops an image, G (2 in DINOv2)
 * @param localCrops local crops an image, L (0 and more)
 * @param globalClsFeatures {@code [G*B, D]} class tokens of the student's backbone, global crops (masked ones included)
 * @param clsLogits {@code [(L+G)*B, K]} prototype scores of the student's class tokens: local crops first, then global
 * @param clsTargets {@code [G*B, K]} the teacher's assignment of each global crop; rows sum to 1
 * @param patchLogits {@code [M, K']} prototype scores of the student's masked patches
 * @param patchTargets {@code [M, K']} the teacher's assignment of the same patches; rows sum to 1
 * @param patchWeights {@code [M]} 1 / (masked patches in the crop that the patch belongs to)
 */
public record StepOutputs(
        int images,
        int globalCrops,
        int localCrops,
        Tensor globalClsFeatures,
        Tensor clsLogits,
        Tensor clsTargets,
        Tensor patchLogits,
        Tensor patchTargets,
        Tensor patchWeights) {

    /** @throws IllegalArgumentException when the counts cannot be those of a step */
    public StepOutputs {
        if (images < 1 || globalCrops < 1 || localCrops < 0) {
            throw new IllegalArgumentException(
                    "A step of " + images + " images, " + globalCrops + " global and " + localCrops + " local crops");
        }
    }

    /** Rows of all global crops together, G*B: the divisor of the patch loss. */
    public int globalRows() {
        return globalCrops * images;
    }

    /** @return {@code part}, or an exception that names the loss which did not declare its need */
    static Tensor require(Tensor part, StepOutput name) {
        return Objects.requireNonNull(part, () -> name + " was not computed: list it in LossTerm.needs()");
    }
}
