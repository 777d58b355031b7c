package org.dinobench.trainer.shard;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.ShardingSpec;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.SingleProcess;
import org.dinobench.torch.mpi.MpiCollectives;
import org.dinobench.torch.mpi.MpiWorld;

/**
 * The ranks of a job, twice divided: into groups that share one copy of the state, and across them into groups whose
 * members hold the same share of different copies.
 *
 * @param all all ranks, over which batches are spread
 * @param shard those that share a copy
 * @param replicas those that hold the same share, this rank included
 * @param device where this rank's networks are computed
 */
public record RankGroups(Collectives all, Collectives shard, Collectives replicas, ComputeDevice device)
        implements AutoCloseable {
    /** Checks the sizes. */
    public RankGroups {
        if (shard.size() * replicas.size() != all.size()) {
            throw new IllegalArgumentException(
                    all.size() + " ranks are not " + replicas.size() + " copies of " + shard.size() + " shares");
        }
    }

    /** Ranks that compute on the processor. */
    public RankGroups(Collectives all, Collectives shard, Collectives replicas) {
        this(all, shard, replicas, ComputeDevice.CPU);
    }

    /**
     * The ranks of a job as a specification divides them; all ranks call this together.
     *
     * @throws BadInputException when groups of one size cannot be made of the ranks, or messages cannot be carried as
     *     the specification wants
     */
    public static RankGroups of(MpiWorld world, ShardingSpec spec) {
        RankGroups onProcessor = divided(world, spec);
        Optional<ComputeDevice> gpu = Carrier.gpu(spec.transport());
        return gpu.isPresent() ? onProcessor.withGpu(gpu.get(), world.deadline()) : onProcessor;
    }

    private RankGroups withGpu(ComputeDevice gpu, Duration deadline) {
        Collectives everyone = Carrier.withGpu(all, gpu, deadline);
        return new RankGroups(
                everyone,
                shard == all ? everyone : Carrier.withGpu(shard, gpu, deadline),
                replicas.size() == 1 ? replicas : Carrier.withGpu(replicas, gpu, deadline),
                gpu);
    }

    private static RankGroups divided(MpiWorld world, ShardingSpec spec) {
        MpiCollectives all = world.collectives();
        if (!spec.strategy().isHybrid()) {
            return flat(all);
        }
        boolean byMachine = spec.groupSize().isEmpty();
        MpiCollectives shard = byMachine
                ? world.onThisMachine()
                : inStretchesOf(all, spec.groupSize().getAsInt());
        requireOneSize(all, shard);
        return new RankGroups(all, shard, all.split(shard.rank()));
    }

    private static MpiCollectives inStretchesOf(MpiCollectives all, int size) {
        if (all.size() % size != 0) {
            throw new BadInputException(
                    "sharding.group_size",
                    all.size() + " processes cannot be divided into groups of " + size,
                    "take a size that divides " + all.size());
        }
        return all.split(all.rank() / size);
    }

    private static void requireOneSize(MpiCollectives all, MpiCollectives shard) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor sizes = Tensors.of(new long[all.size()], all.size());
            all.allGather(Tensors.of(new long[] {shard.size()}, 1), sizes);
            long[] each = Tensors.longs(sizes);
            if (Arrays.stream(each).distinct().count() > 1) {
                throw new BadInputException(
                        "sharding.strategy",
                        "the machines have different numbers of processes, so that they cannot hold the same shares",
                        "start as many on each, or set sharding.group_size");
            }
        }
    }

    /** One copy, shared by all. */
    public static RankGroups flat(Collectives all) {
        return new RankGroups(all, all, new SingleProcess());
    }

    /** One process that has everything. */
    public static RankGroups alone() {
        return flat(new SingleProcess());
    }

    /** Frees the groups that were made of the ranks; all ranks call this together, and none after a failure. */
    @Override
    public void close() {
        if (shard != all) {
            shard.close();
            replicas.close();
        }
        all.close(); // of MPI's: does nothing, its world is closed by whoever has opened it
    }

    /** This process's number, from 0. */
    public int rank() {
        return all.rank();
    }

    /** Number of processes. */
    public int size() {
        return all.size();
    }
}
