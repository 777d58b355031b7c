package org.dinobench.curator;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.curator.cluster.ClusterSummary;
import org.dinobench.curator.dedup.DuplicateGroup;

/**
 * What a curation did.
 *
 * @param folder the output folder, with the newest version of every file
 * @param version number of this version, from 1; its files are in {@code versions/} and never change
 * @param manifest {@code manifest.csv}
 * @param images images that decode
 * @param kept images that are in
 * @param broken images that have no vector
 * @param groups equal files and near-duplicates
 * @param exactPairs pairs of equal files
 * @param nearPairs confirmed pairs of near-duplicates
 * @param leaks images that show a picture of a reference set
 * @param clusters of the images that stayed after deduplication; empty when not wanted
 */
public record CurationResult(
        Path folder,
        int version,
        Path manifest,
        int images,
        int kept,
        int broken,
        List<DuplicateGroup> groups,
        long exactPairs,
        long nearPairs,
        int leaks,
        List<ClusterSummary> clusters) {
    /** Copies the lists. */
    public CurationResult {
        groups = List.copyOf(groups);
        clusters = List.copyOf(clusters);
    }

    /** Groups whose images have different labels. */
    public List<DuplicateGroup> conflicts() {
        return groups.stream().filter(DuplicateGroup::conflicting).toList();
    }

    /** Groups that are in more than one split. */
    public List<DuplicateGroup> acrossSplits() {
        return groups.stream().filter(DuplicateGroup::acrossSplits).toList();
    }

    /** Images that are copies of one that stands for them. */
    public long duplicates() {
        return groups.stream().mapToLong(group -> group.members().size() - 1).sum();
    }
}
