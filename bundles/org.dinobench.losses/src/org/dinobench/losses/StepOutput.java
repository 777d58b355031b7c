package org.dinobench.losses;

/** The parts of a step's outputs that a loss may ask for; parts that nobody asks for are not computed. */
public enum StepOutput {
    /** Class token of the student's backbone for the global crops, before the head. */
    GLOBAL_CLS_FEATURES,
    /** Prototype scores of the student's class tokens, and the teacher's targets for them. */
    CLS_LOGITS,
    /** Prototype scores of the student's masked patches, and the teacher's targets for them. */
    MASKED_PATCH_LOGITS
}
