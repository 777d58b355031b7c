package org.dinobench.core.spec.train;

/** How a training step is carried out; both compute the same objective. */
public enum TrainMode {
    /** Fused attention, packed crops, skipped work for dropped samples, heads only where a loss looks. */
    EFFICIENT,
    /** Explicit softmax, one forward pass per crop size, masked stochastic depth, heads on all tokens: the baseline for measurements. */
    IBOT
}
