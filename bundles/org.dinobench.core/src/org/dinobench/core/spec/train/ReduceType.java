package org.dinobench.core.spec.train;

/** Number formats in which gradients are sent to be summed; sums of 16-bit numbers are taken in 32 bits. */
public enum ReduceType {
    /** 32 bits. */
    FP32,
    /** The upper half of a 32-bit number. */
    BF16,
    /** IEEE half precision. */
    FP16
}
