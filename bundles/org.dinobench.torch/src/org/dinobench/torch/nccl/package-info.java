/** Collectives among GPUs over NCCL. */
package org.dinobench.torch.nccl;
