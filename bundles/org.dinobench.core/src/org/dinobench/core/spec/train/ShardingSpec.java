package org.dinobench.core.spec.train;

import java.util.Optional;
import java.util.OptionalInt;
import org.dinobench.core.spec.Key;

/** How the processes of a run divide the work ({@code sharding.*}); without effect in a run by one process. */
public record ShardingSpec(
        @Key(
                doc = "How weights are divided: full_shard frees them between forward and backward pass, shard_grad_op"
                        + " keeps them; the hybrid ones do so within a machine, and machines hold the same.",
                def = "shard_grad_op")
        ShardingStrategy strategy,

        @Key(
                doc = "Processes that share one copy of the state under a hybrid strategy; unset: those of a machine.",
                def = "",
                min = 1,
                max = 65536,
                unit = "processes")
        OptionalInt groupSize,

        @Key(
                doc = "Number format in which gradients of the backbone are sent and summed; unset: 16 bits in runs"
                        + " with train.precision bf16 or fp16, otherwise fp32.",
                def = "")
        Optional<ReduceType> backboneReduce,

        @Key(doc = "Number format in which gradients of the heads are sent and summed.", def = "fp32")
        ReduceType headReduce,

        @Key(
                doc = "What carries the messages; by_device: NCCL where networks are computed on GPUs, MPI otherwise.",
                def = "by_device")
        Transport transport) {}
