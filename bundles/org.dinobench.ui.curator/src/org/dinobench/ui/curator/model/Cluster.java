package org.dinobench.ui.curator.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The images of a cluster.
 *
 * @param number the cluster's number
 * @param name given by a person, empty for none
 * @param images nearest to the centre first
 * @param mix shares of its labels, the largest first
 * @param spread 1 less the mean cosine of its images with its centre: 0 when all are alike; absent when not known
 */
public record Cluster(int number, String name, List<ImageElement> images, List<LabelShare> mix, OptionalDouble spread) {
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
     * @param names names of clusters by the content hash of an image
     * @param similarity cosine with the centre by image id, may lack images
     * @return the cluster
     */
    public static Cluster of(
            int number, List<ImageElement> images, Map<String, String> names, Map<Long, Double> similarity) {
        Map<String, Integer> counts = new HashMap<>();
        String name = ""; // $NON-NLS-1$
        double sum = 0;
        int known = 0;
        for (ImageElement image : images) {
            counts.merge(image.entry().label(), 1, Integer::sum);
            if (name.isEmpty()) {
                name = names.getOrDefault(image.entry().hash(), ""); // $NON-NLS-1$
            }
            Double own = similarity.get(image.entry().id());
            if (own != null) {
                sum += own;
                known++;
            }
        }
        List<LabelShare> mix = new ArrayList<>();
        counts.forEach((label, n) -> mix.add(new LabelShare(label, n, n / (double) images.size())));
        mix.sort((a, b) -> a.images() != b.images()
                ? Integer.compare(b.images(), a.images())
                : a.label().compareTo(b.label()));
        return new Cluster(
                number, name, images, mix, known == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - sum / known));
    }

    /** {@return the most frequent label, empty when no image has one} */
    public String label() {
        return mix.stream()
                .map(LabelShare::label)
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElse(""); // $NON-NLS-1$
    }

    /** {@return share of the most frequent label among the labelled images; absent when none has a label} */
    public OptionalDouble purity() {
        int labelled = mix.stream()
                .filter(s -> !s.label().isEmpty())
                .mapToInt(LabelShare::images)
                .sum();
        return mix.stream()
                .filter(s -> !s.label().isEmpty())
                .mapToDouble(s -> s.images() / (double) labelled)
                .findFirst();
    }

    /** {@return content hashes of its images, nearest to the centre first} */
    public List<String> hashes() {
        return images.stream().map(i -> i.entry().hash()).toList();
    }
}
