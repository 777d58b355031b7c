package org.dinobench.curator.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Reviews;

/**
 * A cluster in a few numbers.
 *
 * @param cluster its number, from 0
 * @param name given by a person; empty when nobody did
 * @param size images in it
 * @param meanSimilarity mean cosine of its images with the centroid; 0 when empty
 * @param label the most frequent label; empty when none of its images has one
 * @param purity share of the most frequent label among the labelled images; absent when there are none
 * @param prototypes paths of the images nearest to the centroid, nearest first
 */
public record ClusterSummary(
        int cluster,
        String name,
        int size,
        double meanSimilarity,
        String label,
        OptionalDouble purity,
        List<String> prototypes) {
    private static final int PROTOTYPES = 8;

    /** Copies the list. */
    public ClusterSummary {
        prototypes = List.copyOf(prototypes);
    }

    /**
     * Describes every cluster.
     *
     * @param images the points that were clustered
     * @param reviews with names of clusters
     */
    public static List<ClusterSummary> of(Clusters clusters, List<CurationImage> images, Reviews reviews) {
        List<ClusterSummary> summaries = new ArrayList<>();
        List<List<Integer>> members = clusters.members();
        for (int cluster = 0; cluster < members.size(); cluster++) {
            summaries.add(of(cluster, members.get(cluster), clusters, images, reviews));
        }
        return summaries;
    }

    private static ClusterSummary of(
            int cluster, List<Integer> members, Clusters clusters, List<CurationImage> images, Reviews reviews) {
        Map<String, Integer> counts = new HashMap<>();
        double sum = 0;
        for (int member : members) {
            sum += clusters.similarity()[member];
            counts.merge(images.get(member).label(), 1, Integer::sum);
        }
        counts.remove("");
        int labelled = counts.values().stream().mapToInt(Integer::intValue).sum();
        String label = "";
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            int best = counts.getOrDefault(label, 0);
            int count = entry.getValue();
            if (count > best || count == best && entry.getKey().compareTo(label) < 0) {
                label = entry.getKey();
            }
        }
        return new ClusterSummary(
                cluster,
                reviews.clusterName(members.stream().map(images::get).toList()).orElse(""),
                members.size(),
                members.isEmpty() ? 0 : sum / members.size(),
                label,
                labelled == 0 ? OptionalDouble.empty() : OptionalDouble.of(counts.get(label) / (double) labelled),
                members.stream()
                        .limit(PROTOTYPES)
                        .map(member -> images.get(member).path())
                        .toList());
    }
}
