package org.dinobench.core.spec.train;

/** Number formats of a training step. */
public enum Precision {
    /** Everything in 32 bits. */
    FP32,
    /** 32-bit tensors whose matrix products may be computed with bfloat16 inputs. */
    FAST,
    /** bfloat16 activations and products with 32-bit master weights. */
    BF16,
    /** 16-bit floats with loss scaling and 32-bit master weights; for GPUs. */
    FP16
}
