package org.dinobench.ui.curator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.dedup.DuplicatePreview;

/** Makes the groups that a person reviews: those with conflicting labels first, then the largest. */
public final class DuplicateOrder {
    private DuplicateOrder() {}

    /**
     * The groups of the catalog.
     *
     * @param images all images
     * @param similarity with the image that stands for the group, by id
     */
    static List<Duplicates> of(List<ImageElement> images, Map<Long, Double> similarity) {
        Map<Long, List<ImageElement>> members = new TreeMap<>();
        for (ImageElement image : images) {
            image.entry().group().ifPresent(g -> members.computeIfAbsent(g, k -> new ArrayList<>())
                    .add(image));
        }
        List<Duplicates> groups = new ArrayList<>();
        members.forEach((number, list) -> {
            if (list.size() > 1) {
                Set<Long> kept = list.stream()
                        .filter(i -> i.entry().keep())
                        .map(i -> i.entry().id())
                        .collect(Collectors.toSet());
                groups.add(group(number, list, kept, similarity));
            }
        });
        return sorted(groups);
    }

    /**
     * The groups that another threshold would make.
     *
     * @param effect of the threshold
     * @param content the dataset
     * @return the groups; images that are not in the dataset any more are left out
     */
    public static List<Duplicates> of(DuplicatePreview.Effect effect, DatasetContent content) {
        Map<Long, ImageElement> byId = new HashMap<>();
        content.images().forEach(i -> byId.put(i.entry().id(), i));
        Map<Long, Double> similarity = new HashMap<>();
        content.duplicates().forEach(d -> similarity.putAll(d.similarity()));
        List<Duplicates> groups = new ArrayList<>();
        for (DuplicateGroup group : effect.groups().groups()) {
            List<ImageElement> members = group.members().stream()
                    .map(m -> byId.get(m.id()))
                    .filter(m -> m != null)
                    .toList();
            if (members.size() > 1) {
                groups.add(group(group.number(), members, effect.kept(), similarity));
            }
        }
        return sorted(groups);
    }

    private static Duplicates group(
            long number, List<ImageElement> images, Set<Long> kept, Map<Long, Double> similarity) {
        List<ImageElement> list = new ArrayList<>(images);
        list.sort(Comparator.comparing(
                        (ImageElement i) -> !kept.contains(i.entry().id()))
                .thenComparing(i -> i.entry().path()));
        Map<Long, Double> own = new HashMap<>();
        Set<Long> stay =
                list.stream().map(i -> i.entry().id()).filter(kept::contains).collect(Collectors.toSet());
        for (ImageElement image : list) {
            Double known = similarity.get(image.entry().id());
            if (known != null) {
                own.put(image.entry().id(), known);
            }
        }
        List<String> labels = list.stream()
                .map(i -> i.entry().label())
                .filter(l -> !l.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return new Duplicates(number, list, labels, stay, own);
    }

    private static List<Duplicates> sorted(List<Duplicates> groups) {
        groups.sort(Comparator.comparing((Duplicates d) -> !d.conflicting())
                .thenComparing(d -> -d.images().size())
                .thenComparing(Duplicates::number));
        return List.copyOf(groups);
    }
}
