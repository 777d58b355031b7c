package org.dinobench.core.spec.train;

/** The feed-forward part of a transformer block. */
public enum FfnLayer {
    /** Two linear layers with GELU between, hidden width 4 x width. */
    MLP,
    /** The same as {@link #SWIGLUFUSED}: the official code builds one layer for both names. */
    SWIGLU,
    /** SwiGLU with W1 and W2 in one matrix and the hidden width cut to 2/3, rounded up to a multiple of 8. */
    SWIGLUFUSED
}
