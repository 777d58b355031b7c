package org.dinobench.curator.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.Ranks;
import org.dinobench.curator.internal.QuietMonitor;
import org.dinobench.faiss.KMeans;
import org.dinobench.faiss.KMeansOptions;
import org.dinobench.faiss.Vectors;

/**
 * k-means upon the centroids of k-means, level by level (Vo et al. 2024, "Automatic Data Curation for Self-Supervised
 * Learning: A Clustering-Based Approach"). Plain k-means puts most centroids where most points are; on each coarser
 * level a few rounds of resampling, which cluster only the points nearest to each centroid, even that out, so that the
 * coarse clusters stand for kinds of images rather than for their numbers.
 */
public final class HierarchicalKMeans {
    private final SphericalKMeans kmeans;

    /** @param work as in {@link SphericalKMeans} */
    public HierarchicalKMeans(Path work) {
        this(work, Ranks.ALONE);
    }

    /** @param ranks as in {@link SphericalKMeans} */
    public HierarchicalKMeans(Path work, Ranks ranks) {
        this.kmeans = new SphericalKMeans(work, ranks);
    }

    /**
     * How to build the levels.
     *
     * @param clusters of each level, the finest first, falling
     * @param iterations of k-means
     * @param resampling rounds on each level but the finest
     * @param perCluster points that a round takes of each cluster
     * @param seed of the starts
     */
    public record Options(List<Integer> clusters, int iterations, int resampling, int perCluster, int seed) {
        /** Copies the list. */
        public Options {
            clusters = List.copyOf(clusters);
        }
    }

    /**
     * Clusters points.
     *
     * @param points of length 1
     * @return the levels, the finest first; the points of level i + 1 are the centroids of level i
     */
    public List<Clusters> run(Vectors points, Options options, JobMonitor monitor) throws IOException {
        List<Clusters> levels = new ArrayList<>();
        levels.add(
                kmeans.run(points, options.clusters().get(0), options.iterations(), options.seed(), "level0", monitor));
        for (int level = 1; level < options.clusters().size(); level++) {
            Clusters finer = levels.get(level - 1);
            try (Vectors centroids = Vectors.copyOf(finer.centroids(), finer.dimension())) {
                int count = Math.min(options.clusters().get(level), finer.count());
                Clusters clusters = kmeans.run(
                        centroids, count, options.iterations(), options.seed() + level, "level" + level, monitor);
                levels.add(resample(centroids, clusters, options, level, monitor));
            }
        }
        return levels;
    }

    private static Clusters resample(Vectors points, Clusters start, Options options, int level, JobMonitor monitor) {
        Clusters clusters = start;
        monitor.begin("Resampling level " + level, options.resampling());
        for (int round = 0; round < options.resampling(); round++) {
            monitor.checkStopped();
            List<Integer> chosen = new ArrayList<>();
            for (List<Integer> members : clusters.members()) {
                chosen.addAll(members.subList(0, Math.min(members.size(), options.perCluster())));
            }
            if (chosen.size() < clusters.count()) {
                break;
            }
            try (Vectors sample = Vectors.allocate(chosen.size(), points.dimension())) {
                for (int i = 0; i < chosen.size(); i++) {
                    sample.put(i, points.get(chosen.get(i)));
                }
                KMeansOptions again = KMeansOptions.spherical(
                        clusters.count(), options.iterations(), options.seed() + 31 * level + round);
                float[] centroids = KMeans.resume(sample, null, again, clusters.centroids(), new QuietMonitor(monitor))
                        .centroids();
                clusters = Clusters.assign(points, centroids);
            }
            monitor.worked(1);
        }
        return clusters;
    }
}
