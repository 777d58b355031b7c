package org.dinobench.torch;

/**
 * How matrix products of float32 tensors are computed. Parameters, gradients, optimizer, norms, softmax and the residual
 * stream stay float32 in all of them.
 */
public enum Precision {
    /** In float32. */
    FP32,
    /**
     * Factors rounded to bfloat16, sums in float32: faster on processors with {@code avx512_bf16} or AMX. The last layer
     * of heads, whose scores are divided by small temperatures, stays in float32.
     */
    FAST,
    /** As {@link #FAST}, the last layer of heads too. */
    BF16
}
