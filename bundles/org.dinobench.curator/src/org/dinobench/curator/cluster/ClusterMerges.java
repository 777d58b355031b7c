package org.dinobench.curator.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Reviews;
import org.dinobench.curator.dedup.UnionFind;
import org.dinobench.faiss.Vectors;

/** Puts clusters together that people said are one. */
public final class ClusterMerges {
    private final Reviews reviews;

    /** @param reviews what people said */
    public ClusterMerges(Reviews reviews) {
        this.reviews = reviews;
    }

    /**
     * Merges the clusters that hold the images by which people named them. The smallest number of those that become one
     * stays, with the mean direction of all their points as centroid; the others keep no point, and a centroid of zeros
     * that nothing is nearest to. Images that are not among the points say nothing.
     *
     * @param clusters of the finest level
     * @param points point by point with the clusters and the vectors
     * @param vectors of length 1
     * @return as many clusters; {@code clusters} itself when nothing is to be merged
     */
    public Clusters apply(Clusters clusters, List<CurationImage> points, Vectors vectors) {
        UnionFind parts = parts(clusters, points);
        int[] assigned = clusters.assigned().clone();
        Map<Integer, float[]> sums = new TreeMap<>();
        for (int i = 0; i < clusters.count(); i++) {
            if (parts.find(i) != i) {
                sums.putIfAbsent(parts.find(i), new float[clusters.dimension()]);
            }
        }
        if (sums.isEmpty()) {
            return clusters;
        }
        float[] row = new float[clusters.dimension()];
        for (int i = 0; i < assigned.length; i++) {
            assigned[i] = parts.find(assigned[i]);
            float[] sum = sums.get(assigned[i]);
            if (sum != null) {
                vectors.get(i, row);
                for (int d = 0; d < row.length; d++) {
                    sum[d] += row[d];
                }
            }
        }
        float[] centroids = clusters.centroids().clone();
        for (int i = 0; i < clusters.count(); i++) {
            float[] centroid = parts.find(i) != i ? new float[row.length] : direction(sums.get(i));
            if (centroid != null) {
                System.arraycopy(centroid, 0, centroids, i * row.length, row.length);
            }
        }
        float[] similarity = clusters.similarity().clone();
        for (int i = 0; i < assigned.length; i++) {
            if (sums.containsKey(assigned[i])) {
                vectors.get(i, row);
                similarity[i] = product(row, centroids, assigned[i] * row.length);
            }
        }
        return new Clusters(clusters.dimension(), centroids, assigned, similarity);
    }

    private UnionFind parts(Clusters clusters, List<CurationImage> points) {
        UnionFind parts = new UnionFind(clusters.count());
        if (reviews.merges().isEmpty()) {
            return parts;
        }
        Map<String, Integer> clusterOf = new HashMap<>();
        for (int i = 0; i < points.size(); i++) {
            clusterOf.putIfAbsent(points.get(i).hash(), clusters.assigned()[i]);
        }
        for (Reviews.Merge merge : reviews.merges()) {
            Integer into = clusterOf.get(merge.into());
            Integer from = clusterOf.get(merge.from());
            if (into != null && from != null) {
                parts.join(into, from);
            }
        }
        return parts;
    }

    /** The same direction with length 1; zeros stay zeros, null stays null. */
    private static float[] direction(float[] sum) {
        if (sum == null) {
            return null;
        }
        double length = Math.sqrt(product(sum, sum, 0));
        float[] direction = new float[sum.length];
        for (int d = 0; length > 0 && d < sum.length; d++) {
            direction[d] = (float) (sum[d] / length);
        }
        return direction;
    }

    private static float product(float[] a, float[] b, int from) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) a[d] * b[from + d];
        }
        return (float) sum;
    }
}
