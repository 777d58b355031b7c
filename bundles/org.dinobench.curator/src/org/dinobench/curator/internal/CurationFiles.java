package org.dinobench.curator.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.io.Json;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.spec.SpecWriter;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.CurationResult;
import org.dinobench.curator.cluster.ClusterSummary;
import org.dinobench.curator.dedup.ConfirmedPairs;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.spec.CurationSpec;

/**
 * The files of a curation: each run is a version of its own in {@code versions/NNNN/}, whole once its
 * {@code curation.json} is there; then the folder itself shows the newest version.
 */
public final class CurationFiles {
    /** The list of images. */
    public static final String MANIFEST = "manifest.csv";

    private static final String PARQUET = "manifest.parquet";
    private static final String SUMMARY = "curation.json";
    private static final String SPEC = "spec.yaml";
    private static final String PROVENANCE = "provenance.json";
    private static final String SIMILARITIES = "similarities.json";
    private static final String PAIRS = "pairs.csv";

    private final Path folder;

    public CurationFiles(Path folder) {
        this.folder = folder;
    }

    /** The number that the next version gets. */
    public int nextVersion() throws IOException {
        Path versions = Files.createDirectories(folder.resolve("versions"));
        try (Stream<Path> names = Files.list(versions)) {
            return 1
                    + names.filter(version -> Files.exists(version.resolve(SUMMARY)))
                            .map(version -> version.getFileName().toString())
                            .filter(name -> name.matches("[0-9]{4,8}"))
                            .mapToInt(Integer::parseInt)
                            .max()
                            .orElse(0);
        }
    }

    /** Writes a version and shows it as the newest. */
    public void write(
            CurationResult result,
            CurationSpec spec,
            DuplicateStage.Outcome duplicates,
            List<CurationImage> images,
            Catalog catalog,
            Provenance provenance)
            throws IOException {
        Path version =
                Files.createDirectories(folder.resolve("versions").resolve(String.format("%04d", result.version())));
        catalog.exportManifest(version.resolve(MANIFEST), version.resolve(PARQUET));
        SpecWriter.write(spec, true, version.resolve(SPEC));
        if (duplicates.search() != null) {
            Json.write(version.resolve(SIMILARITIES), similarities(duplicates, images));
            ConfirmedPairs.of(duplicates.nodes(), duplicates.search().pairs(), hashes(images))
                    .write(version.resolve(PAIRS));
        }
        provenance.ended().write(version.resolve(PROVENANCE));
        Json.write(version.resolve(SUMMARY), summary(result, duplicates));
        for (String name : List.of(MANIFEST, PARQUET, SPEC, SIMILARITIES, PAIRS, PROVENANCE, SUMMARY)) {
            Path file = version.resolve(name);
            if (Files.exists(file)) {
                AtomicFiles.write(folder.resolve(name), out -> Files.copy(file, out));
            }
        }
    }

    private static Set<String> hashes(List<CurationImage> images) {
        return images.stream().map(CurationImage::hash).collect(Collectors.toSet());
    }

    private static ObjectNode similarities(DuplicateStage.Outcome duplicates, List<CurationImage> images) {
        java.util.Map<String, String> names = new java.util.HashMap<>();
        images.forEach(image -> names.putIfAbsent(image.hash(), image.path()));
        ObjectNode node = Json.object();
        node.put("threshold", duplicates.threshold());
        node.set(
                "steps",
                duplicates
                        .search()
                        .histogram()
                        .toJson(i -> names.getOrDefault(duplicates.nodes().get(i), "")));
        return node;
    }

    private static ObjectNode summary(CurationResult result, DuplicateStage.Outcome duplicates) {
        ObjectNode node = Json.object();
        node.put("version", result.version());
        node.put("images", result.images());
        node.put("kept", result.kept());
        node.put("dropped", result.images() - result.kept());
        node.put("broken", result.broken());
        node.put("groups", result.groups().size());
        node.put("duplicates", result.duplicates());
        node.put("exact_pairs", result.exactPairs());
        node.put("near_pairs", result.nearPairs());
        node.put("label_conflicts", result.conflicts().size());
        node.put("groups_across_splits", result.acrossSplits().size());
        node.put("leaks", result.leaks());
        if (duplicates.search() != null) {
            node.put("candidate_pairs", duplicates.search().candidates());
            node.put("threshold", duplicates.threshold());
            node.put("candidate_recall", duplicates.search().recall());
        }
        groups(node.putArray("conflicts"), result.conflicts());
        groups(node.putArray("across_splits"), result.acrossSplits());
        clusters(node.putArray("clusters"), result.clusters());
        return node;
    }

    private static void groups(ArrayNode list, List<DuplicateGroup> groups) {
        for (DuplicateGroup group : groups) {
            ObjectNode node = list.addObject();
            node.put("group", group.number());
            node.put("exact", group.exact());
            ArrayNode members = node.putArray("images");
            for (CurationImage image : group.members()) {
                members.addObject()
                        .put("path", image.path())
                        .put("label", image.label())
                        .put("split", image.split());
            }
        }
    }

    private static void clusters(ArrayNode list, List<ClusterSummary> clusters) {
        for (ClusterSummary cluster : clusters) {
            ObjectNode node = list.addObject();
            node.put("cluster", cluster.cluster());
            node.put("name", cluster.name());
            node.put("size", cluster.size());
            node.put("mean_similarity", cluster.meanSimilarity());
            node.put("label", cluster.label());
            cluster.purity().ifPresent(purity -> node.put("purity", purity));
            ArrayNode prototypes = node.putArray("prototypes");
            cluster.prototypes().forEach(prototypes::add);
        }
    }
}
