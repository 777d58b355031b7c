package org.dinobench.curator.dedup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Reviews;
import org.dinobench.curator.internal.Verdicts;
import org.dinobench.curator.spec.ConflictRule;

/**
 * What another threshold would do, told at once from the pairs that a curation confirmed: the groups, and how many images
 * they cost. It is what a curation with that threshold makes of the same images, as long as the threshold is no lower
 * than the one that the pairs were found with.
 */
public final class DuplicatePreview {
    private final List<CurationImage> images;
    private final List<String> nodes;
    private final List<Pair> pairs;
    private final ConflictRule conflicts;

    /**
     * The effect of a threshold.
     *
     * @param threshold least cosine
     * @param groups equal files and near-duplicates
     * @param dropped images of groups that are out, by the curation or by people
     * @param conflicting groups whose images have different labels
     * @param kept ids of the images of groups that stay
     */
    public record Effect(double threshold, DuplicateGroups groups, int dropped, int conflicting, Set<Long> kept) {
        /** Copies the set. */
        public Effect {
            kept = Set.copyOf(kept);
        }
    }

    /**
     * @param all images of the set that decode, in the order of the catalog
     * @param found the pairs of a curation
     * @param reviews what people said of groups
     * @param conflicts what happens with groups whose images have different labels
     */
    public DuplicatePreview(List<CurationImage> all, ConfirmedPairs found, Reviews reviews, ConflictRule conflicts) {
        this.conflicts = conflicts;
        this.nodes = found.nodes();
        this.pairs = found.pairs().stream()
                .filter(pair -> !reviews.areApart(nodes.get(pair.first()), nodes.get(pair.second())))
                .toList();
        Set<String> paired = new TreeSet<>();
        pairs.forEach(pair -> {
            paired.add(nodes.get(pair.first()));
            paired.add(nodes.get(pair.second()));
        });
        Map<String, Integer> copies = new HashMap<>();
        all.forEach(image -> copies.merge(image.hash(), 1, Integer::sum));
        // those that are alike no other cannot be in a group: a slider that is dragged need not look at them
        this.images = all.stream()
                .filter(image -> paired.contains(image.hash()) || copies.get(image.hash()) > 1)
                .toList();
    }

    /** The least cosine among the pairs; 1 when there are none. */
    public double lowest() {
        return pairs.stream().mapToDouble(Pair::similarity).min().orElse(1);
    }

    /** The effect of a threshold. */
    public Effect at(double threshold) {
        List<Pair> enough =
                pairs.stream().filter(pair -> pair.similarity() >= threshold).toList();
        DuplicateGroups groups = DuplicateGroups.of(images, nodes, enough, Map.of());
        Set<CurationImage> grouped =
                groups.groups().stream().flatMap(g -> g.members().stream()).collect(Collectors.toSet());
        Verdicts verdicts = new Verdicts(List.copyOf(grouped), true);
        verdicts.duplicates(groups, conflicts);
        Set<Long> kept =
                grouped.stream().filter(verdicts::isKept).map(CurationImage::id).collect(Collectors.toSet());
        int conflicting = (int)
                groups.groups().stream().filter(DuplicateGroup::conflicting).count();
        return new Effect(threshold, groups, grouped.size() - kept.size(), conflicting, kept);
    }
}
