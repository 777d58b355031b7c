package org.dinobench.trainer.shard;

import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.SingleProcess;

/**
 * The ranks of a job, twice divided: into groups that share one copy of the state, and across them into groups whose
 * members hold the same share of different copies.
 *
 * @param all all ranks, over which batches are spread
 * @param shard those that share a copy
 * @param replicas those that hold the same share, this rank included
 */
public record RankGroups(Collectives all, Collectives shard, Collectives replicas) {
    /** Checks the sizes. */
    public RankGroups {
        if (shard.size() * replicas.size() != all.size()) {
            throw new IllegalArgumentException(
                    all.size() + " ranks are not " + replicas.size() + " copies of " + shard.size() + " shares");
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

    /** This process's number, from 0. */
    public int rank() {
        return all.rank();
    }

    /** Number of processes. */
    public int size() {
        return all.size();
    }
}
