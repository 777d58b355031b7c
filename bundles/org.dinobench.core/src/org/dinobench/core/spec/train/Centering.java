package org.dinobench.core.spec.train;

/** How teacher outputs are kept from collapsing. */
public enum Centering {
    /** Softmax after subtracting a moving average (momentum 0.9) of the outputs. */
    CENTERING,
    /** Three iterations of Sinkhorn-Knopp over the batch (paper, section 4). */
    SINKHORN_KNOPP
}
