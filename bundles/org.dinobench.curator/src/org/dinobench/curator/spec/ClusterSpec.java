package org.dinobench.curator.spec;

import java.util.List;
import java.util.OptionalInt;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.Key;

/**
 * How images are clustered.
 *
 * @param enabled whether they are
 * @param clusters on the finest level; absent is the root of half the images
 * @param iterations of k-means on each level
 * @param levels clusters of the coarser levels, falling
 * @param resampling rounds of resampling on each level above the finest
 * @param perCluster members of a cluster that a round of resampling draws, the nearest to the centroid
 */
public record ClusterSpec(
        @Key(doc = "Whether images are clustered.", def = "true")
        boolean enabled,

        @Key(
                doc = "Clusters on the finest level; auto is the root of half the images.",
                def = "auto",
                auto = true,
                min = 1)
        OptionalInt clusters,

        @Key(doc = "Iterations of k-means.", def = "20", min = 1, max = 10000)
        int iterations,

        @Key(
                doc = "Clusters of the coarser levels of a hierarchy, falling, such as [1000, 100]; empty for one"
                        + " level.",
                def = "[]",
                min = 1)
        List<Integer> levels,

        @Key(doc = "Rounds of resampling on each coarser level.", def = "5", min = 0, max = 100)
        int resampling,

        @Key(doc = "Members that resampling draws of each cluster.", def = "4", min = 1, max = 10000)
        int perCluster) {
    /** Checks that the levels get coarser. */
    public ClusterSpec {
        levels = List.copyOf(levels);
        for (int i = 1; i < levels.size(); i++) {
            if (levels.get(i) >= levels.get(i - 1)) {
                throw new IllegalArgumentException("cluster.levels must fall, not " + levels);
            }
        }
    }

    /** @throws BadInputException when a coarser level has no fewer clusters than the finest */
    void check() {
        if (!levels.isEmpty() && clusters.isPresent() && levels.get(0) >= clusters.getAsInt()) {
            throw new BadInputException(
                    "cluster.levels",
                    levels + " does not start below cluster.clusters",
                    "use fewer clusters on each level");
        }
    }

    /** The number of clusters of the finest level for so many images. */
    public int clustersFor(int images) {
        int wanted = clusters.orElse((int) Math.max(1, Math.round(Math.sqrt(images / 2.0))));
        return Math.min(wanted, images);
    }
}
