package org.dinobench.ui.curator.model;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A near-duplicate group, as it is or as another threshold would make it.
 *
 * @param number its number
 * @param images kept ones first, then by path
 * @param labels the different labels
 * @param kept ids of the images that stay
 * @param similarity by id, cosine with the image that stands for the group; images may be missing
 */
public record Duplicates(
        long number, List<ImageElement> images, List<String> labels, Set<Long> kept, Map<Long, Double> similarity) {
    /** Copies all. */
    public Duplicates {
        images = List.copyOf(images);
        labels = List.copyOf(labels);
        kept = Set.copyOf(kept);
        similarity = Map.copyOf(similarity);
    }

    /** {@return whether the same picture has different labels} */
    public boolean conflicting() {
        return labels.size() > 1;
    }

    /** Whether an image of the group stays. */
    public boolean keeps(ImageElement image) {
        return kept.contains(image.entry().id());
    }

    /** How alike an image and the one that stands for the group are, where that is known. */
    public OptionalDouble similarityOf(ImageElement image) {
        Double known = similarity.get(image.entry().id());
        return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
    }
}
