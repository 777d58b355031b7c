package org.dinobench.core.spec.train;

/** How the learning rate follows from the base rate and the batch. */
public enum ScalingRule {
    /** base_lr x sqrt(images per step / 1024), as in the DINOv2 reference. */
    SQRT_WRT_1024,
    /** The base rate as it stands, whatever the batch. */
    NONE
}
