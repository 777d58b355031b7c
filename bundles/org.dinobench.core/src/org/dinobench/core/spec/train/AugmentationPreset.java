package org.dinobench.core.spec.train;

/** What augmentation suits the images. */
public enum AugmentationPreset {
    /** Photographs: as in the DINOv2 reference. */
    NATURAL,
    /** Gray medical images: no colour changes, mild contrast, small rotations. */
    MEDICAL_GRAY,
    /** Skin lesions: all rotations and flips, no colour jitter that would erase the diagnosis. */
    DERMOSCOPY,
    /** Stained tissue: all rotations and flips, stain-like colour shifts. */
    HISTOLOGY
}
