package org.dinobench.curator.dedup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dinobench.curator.CurationImage;

/** Groups of images made of equal files and of pairs of near-duplicates: the connected components. */
public final class DuplicateGroups {
    private final List<DuplicateGroup> groups;
    private final Map<String, DuplicateGroup> byPath = new HashMap<>();
    private final Map<String, Set<String>> leaks;

    private DuplicateGroups(List<DuplicateGroup> groups, Map<String, Set<String>> leaks) {
        this.groups = List.copyOf(groups);
        this.leaks = leaks;
        for (DuplicateGroup group : groups) {
            group.members().forEach(member -> byPath.put(member.path(), group));
        }
    }

    /**
     * Builds the groups.
     *
     * @param images all images, equal files included
     * @param nodes content hashes; a pair's numbers are places in this list
     * @param pairs near-duplicates
     * @param references for content hashes that belong to reference sets, the names of the reference images
     */
    public static DuplicateGroups of(
            Collection<CurationImage> images, List<String> nodes, List<Pair> pairs, Map<String, String> references) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        nodes.forEach(hash -> numbers.putIfAbsent(hash, numbers.size()));
        // Images without a vector (broken files) can still be equal byte by byte.
        images.forEach(image -> numbers.putIfAbsent(image.hash(), numbers.size()));
        UnionFind components = new UnionFind(numbers.size());
        pairs.forEach(pair -> components.join(pair.first(), pair.second()));

        Map<Integer, List<CurationImage>> members = new LinkedHashMap<>();
        for (CurationImage image : images) {
            int root = components.find(numbers.get(image.hash()));
            members.computeIfAbsent(root, r -> new ArrayList<>()).add(image);
        }
        return new DuplicateGroups(numbered(members), leaks(numbers, components, members, references));
    }

    private static List<DuplicateGroup> numbered(Map<Integer, List<CurationImage>> members) {
        List<DuplicateGroup> groups = new ArrayList<>();
        for (List<CurationImage> component : members.values()) {
            if (component.size() > 1) {
                component.sort(new RepresentativeRule());
                boolean exact =
                        component.stream().map(CurationImage::hash).distinct().count() == 1;
                groups.add(new DuplicateGroup(groups.size() + 1L, component, exact));
            }
        }
        return groups;
    }

    private static Map<String, Set<String>> leaks(
            Map<String, Integer> numbers,
            UnionFind components,
            Map<Integer, List<CurationImage>> members,
            Map<String, String> references) {
        Map<String, Set<String>> leaks = new HashMap<>();
        references.forEach((hash, name) -> {
            Integer node = numbers.get(hash);
            if (node != null) {
                members.getOrDefault(components.find(node), List.of())
                        .forEach(image -> leaks.computeIfAbsent(image.path(), p -> new java.util.TreeSet<>())
                                .add(name));
            }
        });
        return leaks;
    }

    /** All groups of two and more, in the order of their first image. */
    public List<DuplicateGroup> groups() {
        return groups;
    }

    /** The group of an image, or null when it is alone. */
    public DuplicateGroup of(CurationImage image) {
        return byPath.get(image.path());
    }

    /** Reference images in the same component as an image; empty when it leaks nothing. */
    public Set<String> references(CurationImage image) {
        return leaks.getOrDefault(image.path(), Set.of());
    }

    /** Images that are copies of their group's representative. */
    public long duplicates() {
        return groups.stream().mapToLong(group -> group.members().size() - 1).sum();
    }
}
