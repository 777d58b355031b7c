package org.dinobench.curator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Neighbours;
import org.dinobench.faiss.Vectors;

/** Chooses the images of a pool that are like those of a seed set, by cosine, in the two ways of DINOv2's appendix A.4. */
public final class Retrieval {
    private Retrieval() {}

    /**
     * The nearest pool images of each seed image. The first neighbours of all seeds go before the second ones when a
     * limit cuts.
     *
     * @param pool vectors of length 1
     * @param seeds vectors of length 1
     * @param perQuery images for each seed
     * @param limit in all; 0 for none
     */
    public static boolean[] bySample(Vectors pool, Vectors seeds, int perQuery, int limit, JobMonitor monitor) {
        monitor.begin("Retrieving by sample", seeds.rows());
        boolean[] chosen = new boolean[(int) pool.rows()];
        int k = (int) Math.min(perQuery, pool.rows());
        try (Index index = Index.flatOf(pool, Metric.INNER_PRODUCT)) {
            Neighbours nearest = index.search(seeds, k, monitor);
            int taken = 0;
            for (int rank = 0; rank < k; rank++) {
                for (int query = 0; query < nearest.rows(); query++) {
                    int image = (int) nearest.label(query, rank);
                    if (!chosen[image] && (limit == 0 || taken < limit)) {
                        chosen[image] = true;
                        taken++;
                    }
                }
            }
        }
        return chosen;
    }

    /**
     * Images, drawn at random, of each cluster that holds more than a number of seed images.
     *
     * @param pool clusters of the pool
     * @param seeds vectors of length 1
     * @param minimum a cluster must hold more seeds than this
     * @param perCluster images of each such cluster at most
     * @param limit in all; 0 for none
     */
    public static boolean[] byCluster(Clusters pool, Vectors seeds, int minimum, int perCluster, int limit, long seed) {
        int[] queries = new int[pool.count()];
        for (int cluster : Clusters.assign(seeds, pool.centroids()).assigned()) {
            queries[cluster]++;
        }
        boolean[] chosen = new boolean[pool.assigned().length];
        SplittableRandom random = new SplittableRandom(seed);
        int taken = 0;
        List<List<Integer>> members = pool.members();
        for (int cluster = 0; cluster < queries.length; cluster++) {
            if (queries[cluster] > minimum) {
                int left = limit == 0 ? perCluster : Math.min(perCluster, limit - taken);
                List<Integer> drawn = draw(members.get(cluster), left, random);
                drawn.forEach(image -> chosen[image] = true);
                taken += drawn.size();
            }
        }
        return chosen;
    }

    private static List<Integer> draw(List<Integer> members, int count, SplittableRandom random) {
        if (members.size() <= count) {
            return members;
        }
        List<Integer> rest = new ArrayList<>(members);
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(rest.size() - i);
            Integer swapped = rest.get(i);
            rest.set(i, rest.get(other));
            rest.set(other, swapped);
        }
        return rest.subList(0, count);
    }
}
