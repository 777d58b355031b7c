package org.dinobench.ui.curator.model;

import java.util.List;

/**
 * A near-duplicate group.
 *
 * @param number its number
 * @param images kept ones first, then by path
 * @param labels the different labels
 */
public record Duplicates(long number, List<ImageElement> images, List<String> labels) {
    /** Copies the lists. */
    public Duplicates {
        images = List.copyOf(images);
        labels = List.copyOf(labels);
    }

    /** {@return whether the same picture has different labels} */
    public boolean conflicting() {
        return labels.size() > 1;
    }
}
