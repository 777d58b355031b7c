package org.dinobench.core.catalog;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which images a query is about. Start from {@link #OK} or {@link #ALL} and narrow with the {@code with} methods.
 *
 * @param status only this decode status; empty: any
 * @param labels only these labels ({@code ""} stands for unlabelled); empty: any
 * @param split only this split; empty: any
 * @param group only this near-duplicate group; empty: any
 * @param cluster only this cluster; empty: any
 * @param keep only kept, or only dropped images; empty: any
 * @param text only paths, labels or notes that contain this, whatever the case; empty text: any
 * @param conflicts only images in groups whose labels differ
 */
public record CatalogFilter(
        Optional<DecodeStatus> status,
        List<String> labels,
        Optional<String> split,
        OptionalLong group,
        OptionalInt cluster,
        Optional<Boolean> keep,
        String text,
        boolean conflicts) {
    /** Every image, broken and missing ones too. */
    public static final CatalogFilter ALL = new CatalogFilter(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            "",
            false);

    /** Every image that decodes. */
    public static final CatalogFilter OK = ALL.withStatus(DecodeStatus.OK);

    /** Copies the list. */
    public CatalogFilter {
        labels = List.copyOf(labels);
    }

    /** Narrowed to a decode status. */
    public CatalogFilter withStatus(DecodeStatus only) {
        return new CatalogFilter(Optional.of(only), labels, split, group, cluster, keep, text, conflicts);
    }

    /** Narrowed to labels. */
    public CatalogFilter withLabels(List<String> only) {
        return new CatalogFilter(status, only, split, group, cluster, keep, text, conflicts);
    }

    /** Narrowed to a split. */
    public CatalogFilter withSplit(String only) {
        return new CatalogFilter(status, labels, Optional.of(only), group, cluster, keep, text, conflicts);
    }

    /** Narrowed to a near-duplicate group. */
    public CatalogFilter withGroup(long only) {
        return new CatalogFilter(status, labels, split, OptionalLong.of(only), cluster, keep, text, conflicts);
    }

    /** Narrowed to a cluster. */
    public CatalogFilter withCluster(int only) {
        return new CatalogFilter(status, labels, split, group, OptionalInt.of(only), keep, text, conflicts);
    }

    /** Narrowed to kept or to dropped images. */
    public CatalogFilter withKeep(boolean only) {
        return new CatalogFilter(status, labels, split, group, cluster, Optional.of(only), text, conflicts);
    }

    /** Narrowed to images whose path, label or notes contain a text. */
    public CatalogFilter withText(String part) {
        return new CatalogFilter(status, labels, split, group, cluster, keep, part, conflicts);
    }

    /** Narrowed to groups whose labels differ. */
    public CatalogFilter withConflicts() {
        return new CatalogFilter(status, labels, split, group, cluster, keep, text, true);
    }
}
