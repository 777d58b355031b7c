package org.dinobench.ui.curator.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.CatalogSort;
import org.dinobench.core.workspace.DatasetDirectory;

/**
 * A dataset's catalog in memory: some hundred bytes an image, so that filters and orders answer at once.
 *
 * @param dataset the dataset
 * @param images all images, by id
 * @param labels all labels, the most frequent first; the place of a label gives its colour
 * @param clusters by size, the largest first
 * @param duplicates conflicting ones first, then by size
 */
public record DatasetContent(
        DatasetDirectory dataset,
        List<ImageElement> images,
        List<String> labels,
        List<Cluster> clusters,
        List<Duplicates> duplicates) {
    /**
     * Reads a catalog; takes some seconds for hundreds of thousands of images.
     *
     * @param dataset the dataset
     * @return its content
     * @throws IOException when the catalog cannot be read
     */
    public static DatasetContent read(DatasetDirectory dataset) throws IOException {
        Catalog catalog = dataset.required().catalog();
        List<ImageElement> images = new ArrayList<>();
        Map<Long, ImageElement> byId = new HashMap<>();
        for (CatalogEntry entry : catalog.all(CatalogFilter.ALL)) {
            ImageElement image = new ImageElement(dataset, entry);
            images.add(image);
            byId.put(entry.id(), image);
        }
        boolean clustered = images.stream().anyMatch(i -> i.entry().cluster().isPresent());
        long[] order = clustered ? catalog.ids(CatalogFilter.OK, CatalogSort.CLUSTER, false) : new long[0];
        return new DatasetContent(
                dataset, List.copyOf(images), labelsOf(images), clustersOf(order, byId), duplicatesOf(images));
    }

    /**
     * The colour index of a label.
     *
     * @param label a label
     * @return its place among the labels, -1 for the empty label
     */
    public int colorOf(String label) {
        return label.isEmpty() ? -1 : labels.indexOf(label);
    }

    private static List<String> labelsOf(List<ImageElement> images) {
        Map<String, Integer> counts = new TreeMap<>();
        images.forEach(i -> counts.merge(i.entry().label(), 1, Integer::sum));
        counts.remove(""); // $NON-NLS-1$
        List<String> labels = new ArrayList<>(counts.keySet());
        labels.sort(Comparator.comparing((String l) -> -counts.get(l)).thenComparing(l -> l));
        return List.copyOf(labels);
    }

    private static List<Cluster> clustersOf(long[] order, Map<Long, ImageElement> byId) {
        Map<Integer, List<ImageElement>> members = new TreeMap<>();
        for (long id : order) {
            ImageElement image = byId.get(id);
            // an image may have come between the two queries
            if (image != null && image.entry().cluster().isPresent()) {
                members.computeIfAbsent(image.entry().cluster().getAsInt(), c -> new ArrayList<>())
                        .add(image);
            }
        }
        List<Cluster> clusters = new ArrayList<>();
        members.forEach((number, list) -> clusters.add(Cluster.of(number, list)));
        clusters.sort(Comparator.comparing((Cluster c) -> -c.images().size()).thenComparing(Cluster::number));
        return List.copyOf(clusters);
    }

    private static List<Duplicates> duplicatesOf(List<ImageElement> images) {
        Map<Long, List<ImageElement>> members = new TreeMap<>();
        for (ImageElement image : images) {
            image.entry().group().ifPresent(g -> members.computeIfAbsent(g, k -> new ArrayList<>())
                    .add(image));
        }
        List<Duplicates> groups = new ArrayList<>();
        members.forEach((number, list) -> {
            if (list.size() > 1) {
                list.sort(Comparator.comparing((ImageElement i) -> !i.entry().keep())
                        .thenComparing(i -> i.entry().path()));
                groups.add(new Duplicates(
                        number,
                        list,
                        list.stream()
                                .map(i -> i.entry().label())
                                .filter(l -> !l.isEmpty())
                                .distinct()
                                .sorted()
                                .toList()));
            }
        });
        groups.sort(Comparator.comparing((Duplicates d) -> !d.conflicting())
                .thenComparing(d -> -d.images().size())
                .thenComparing(Duplicates::number));
        return List.copyOf(groups);
    }
}
