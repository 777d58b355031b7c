package org.dinobench.ui.curator.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.CatalogPlaces;
import org.dinobench.core.catalog.CatalogSort;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.Reviews;

/**
 * A dataset's catalog in memory: some hundred bytes an image, so that filters and orders answer at once.
 *
 * @param dataset the dataset
 * @param images all images, by id
 * @param labels all labels, the most frequent first; the place of a label gives its colour
 * @param clusters by size, the largest first
 * @param duplicates conflicting ones first, then by size
 * @param nearness cosine of images with the centre of their cluster, by id; images in no cluster are missing
 */
public record DatasetContent(
        DatasetDirectory dataset,
        List<ImageElement> images,
        List<String> labels,
        List<Cluster> clusters,
        List<Duplicates> duplicates,
        Map<Long, Double> nearness) {
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
        CatalogPlaces places = new CatalogPlaces(catalog);
        Map<Long, Double> nearness = clustered ? places.inClusters() : Map.of();
        boolean grouped = images.stream().anyMatch(ImageElement::grouped);
        return new DatasetContent(
                dataset,
                List.copyOf(images),
                labelsOf(images),
                clustersOf(order, byId, Reviews.read(dataset).clusterNames(), nearness),
                DuplicateOrder.of(images, grouped ? places.inGroups() : Map.of()),
                nearness);
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

    private static List<Cluster> clustersOf(
            long[] order, Map<Long, ImageElement> byId, Map<String, String> names, Map<Long, Double> nearness) {
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
        members.forEach((number, list) -> clusters.add(Cluster.of(number, list, names, nearness)));
        clusters.sort(Comparator.comparing((Cluster c) -> -c.images().size()).thenComparing(Cluster::number));
        return List.copyOf(clusters);
    }

    /**
     * An image as it is now.
     *
     * @param id its id
     */
    public Optional<ImageElement> image(long id) {
        return images.stream().filter(i -> i.entry().id() == id).findFirst();
    }

    /** {@return names that people gave to clusters, by number; others are missing} */
    public Map<Integer, String> clusterNames() {
        Map<Integer, String> names = new TreeMap<>();
        clusters.stream().filter(c -> !c.name().isEmpty()).forEach(c -> names.put(c.number(), c.name()));
        return names;
    }
}
