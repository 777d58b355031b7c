package org.dinobench.core.spec.train;

/** How several processes divide a network's state among them; the words are those of PyTorch's FSDP. */
public enum ShardingStrategy {
    /** Weights that were collected for the forward pass stay until the backward pass. */
    SHARD_GRAD_OP,
    /** Weights are freed after the forward pass and collected again for the backward pass. */
    FULL_SHARD,
    /** As {@link #FULL_SHARD} within a group of processes; groups hold the same. */
    HYBRID_SHARD,
    /** As {@link #SHARD_GRAD_OP} within a group of processes; groups hold the same. */
    HYBRID_SHARD_ZERO2;

    /** Whether collected weights stay from the forward to the backward pass. */
    public boolean keepsWeights() {
        return this == SHARD_GRAD_OP || this == HYBRID_SHARD_ZERO2;
    }

    /** Whether there is more than one copy of the state. */
    public boolean isHybrid() {
        return this == HYBRID_SHARD || this == HYBRID_SHARD_ZERO2;
    }
}
