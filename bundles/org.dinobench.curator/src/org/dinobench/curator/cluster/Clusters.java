package org.dinobench.curator.cluster;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Neighbours;
import org.dinobench.faiss.Vectors;

/**
 * Points and the centroid that each is nearest to, by cosine.
 *
 * @param dimension numbers in a centroid
 * @param centroids one row of length 1 for each cluster
 * @param assigned cluster of each point
 * @param similarity cosine of each point with its centroid
 */
public record Clusters(int dimension, float[] centroids, int[] assigned, float[] similarity) {
    /** Assigns points to centroids. */
    public static Clusters assign(Vectors points, float[] centroids) {
        return assign(points, centroids, JobMonitor.NONE);
    }

    /** As {@link #assign(Vectors, float[])}. @param monitor {@code worked(1)} for each point; the stage is the caller's */
    public static Clusters assign(Vectors points, float[] centroids, JobMonitor monitor) {
        int dimension = points.dimension();
        try (Vectors middles = Vectors.copyOf(centroids, dimension);
                Index index = Index.flatOf(middles, Metric.INNER_PRODUCT)) {
            Neighbours nearest = index.search(points, 1, monitor);
            int[] assigned = new int[nearest.rows()];
            for (int i = 0; i < assigned.length; i++) {
                assigned[i] = (int) nearest.label(i, 0);
            }
            return new Clusters(dimension, centroids, assigned, nearest.scores());
        }
    }

    /** Number of clusters. */
    public int count() {
        return centroids.length / dimension;
    }

    /** Points of each cluster, the nearest to the centroid first. */
    public List<List<Integer>> members() {
        List<List<Integer>> members = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            members.add(new ArrayList<>());
        }
        for (int i = 0; i < assigned.length; i++) {
            members.get(assigned[i]).add(i);
        }
        for (List<Integer> cluster : members) {
            cluster.sort((a, b) -> {
                int byScore = Float.compare(similarity[b], similarity[a]);
                return byScore != 0 ? byScore : Integer.compare(a, b);
            });
        }
        return members;
    }
}
