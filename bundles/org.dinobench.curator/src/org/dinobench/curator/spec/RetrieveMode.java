package org.dinobench.curator.spec;

/** The two ways of retrieval, and none. */
public enum RetrieveMode {
    /** Everything stays. */
    NONE,
    /** The nearest images of each seed image. */
    SAMPLE,
    /** Images of the clusters that hold seed images. */
    CLUSTER
}
