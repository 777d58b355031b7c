package org.dinobench.faiss;

/** How near two vectors are. */
public enum Metric {
    /** The dot product; the cosine where both vectors have length 1. Larger is nearer. */
    INNER_PRODUCT,
    /** The squared Euclidean distance. Smaller is nearer. */
    L2;

    /** Whether {@code score} is at least as near as {@code other}. */
    public boolean nearer(float score, float other) {
        return this == INNER_PRODUCT ? score > other : score < other;
    }
}
