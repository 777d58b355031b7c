package org.dinobench.core.spec.train;

/** Which reading of the blur probabilities is meant: the reference code inverts its own arguments. */
public enum BlurReading {
    /** What the reference code does and the released weights were trained with: 0.0, 0.9 and 0.5 for global 1, global 2 and local crops. */
    CODE,
    /** What the arguments say: 1.0, 0.1 and 0.5 for global 1, global 2 and local crops. */
    PAPER
}
