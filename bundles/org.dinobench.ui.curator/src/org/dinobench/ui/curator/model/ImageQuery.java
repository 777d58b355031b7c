package org.dinobench.ui.curator.model;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Which images are shown, and in which order.
 *
 * @param text part of a path, label, reason or note, in any case, or the beginning of a content hash; empty for any
 * @param label only this label; null for any, empty for unlabelled ones
 * @param show which state
 * @param cluster only this cluster
 * @param order the order
 */
public record ImageQuery(String text, String label, Show show, OptionalInt cluster, Order order) {
    /** Fewer characters of a hash are more likely meant as a word. */
    private static final int HASH_PART = 6;

    /** States of images. */
    public enum Show {
        /** All that decode. */
        ALL,
        /** Those in the curated set. */
        KEPT,
        /** Those left out. */
        DROPPED,
        /** Those in near-duplicate groups. */
        GROUPED,
        /** Those that do not decode. */
        BROKEN
    }

    /** Orders of images. */
    public enum Order {
        /** By path. */
        NAME,
        /** By label, then path. */
        LABEL,
        /** By cluster, then path. */
        CLUSTER,
        /** By number of pixels, the largest first. */
        PIXELS
    }

    /** All images that decode, by name. */
    public static final ImageQuery ALL =
            new ImageQuery("", null, Show.ALL, OptionalInt.empty(), Order.NAME); // $NON-NLS-1$

    /**
     * The images that fit.
     *
     * @param images all images
     * @return those that fit, in order
     */
    public List<ImageElement> of(List<ImageElement> images) {
        return images.stream().filter(matcher()).sorted(comparator()).toList();
    }

    private Predicate<ImageElement> matcher() {
        String part = text.strip().toLowerCase(Locale.ROOT);
        return i -> state(i)
                && (label == null || i.entry().label().equals(label))
                && (cluster.isEmpty() || i.entry().cluster().equals(cluster))
                && (part.isEmpty()
                        || i.entry().path().toLowerCase(Locale.ROOT).contains(part)
                        || i.entry().label().toLowerCase(Locale.ROOT).contains(part)
                        || i.entry().reason().toLowerCase(Locale.ROOT).contains(part)
                        || i.entry().notes().toLowerCase(Locale.ROOT).contains(part)
                        || part.length() >= HASH_PART && i.entry().hash().startsWith(part));
    }

    private boolean state(ImageElement i) {
        return switch (show) {
            case ALL -> i.decodes();
            case KEPT -> i.decodes() && i.entry().keep();
            case DROPPED -> i.decodes() && !i.entry().keep();
            case GROUPED -> i.decodes() && i.grouped();
            case BROKEN -> !i.decodes();
        };
    }

    private Comparator<ImageElement> comparator() {
        Comparator<ImageElement> byPath = Comparator.comparing(i -> i.entry().path());
        return switch (order) {
            case NAME -> byPath;
            case LABEL ->
                Comparator.comparing((ImageElement i) -> i.entry().label()).thenComparing(byPath);
            case CLUSTER ->
                Comparator.comparing((ImageElement i) -> i.entry().cluster().orElse(Integer.MAX_VALUE))
                        .thenComparing(byPath);
            case PIXELS ->
                Comparator.comparing((ImageElement i) ->
                                -(long) i.entry().width() * i.entry().height())
                        .thenComparing(byPath);
        };
    }
}
