package org.dinobench.core.spec.train;

/** What carries the messages among processes. */
public enum Transport {
    /** NCCL where networks are computed on GPUs, MPI otherwise. */
    BY_DEVICE,
    /** MPI, through the processor's memory. */
    MPI,
    /** NCCL, among GPUs. */
    NCCL
}
