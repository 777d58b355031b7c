package org.dinobench.ui.curator.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The images of a cluster.
 *
 * @param number the cluster's number
 * @param images nearest to the centre first
 * @param mix shares of its labels, the largest first
 */
public record Cluster(int number, List<ImageElement> images, List<LabelShare> mix) {
    /**
     * How much of a cluster has a label.
     *
     * @param label the label, empty for none
     * @param images number of images
     * @param share 0 to 1
     */
    public record LabelShare(String label, int images, double share) {}

    /** Copies the lists. */
    public Cluster {
        images = List.copyOf(images);
        mix = List.copyOf(mix);
    }

    /**
     * Counts the labels of a cluster.
     *
     * @param number the cluster's number
     * @param images its images
     * @return the cluster
     */
    public static Cluster of(int number, List<ImageElement> images) {
        Map<String, Integer> counts = new HashMap<>();
        images.forEach(i -> counts.merge(i.entry().label(), 1, Integer::sum));
        List<LabelShare> mix = new ArrayList<>();
        counts.forEach((label, n) -> mix.add(new LabelShare(label, n, n / (double) images.size())));
        mix.sort((a, b) -> a.images() != b.images()
                ? Integer.compare(b.images(), a.images())
                : a.label().compareTo(b.label()));
        return new Cluster(number, images, mix);
    }
}
