package org.dinobench.ui.curator.curate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.SpecWriter;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.dedup.ConfirmedPairs;
import org.dinobench.curator.dedup.Pair;
import org.dinobench.curator.dedup.PairList;
import org.dinobench.curator.spec.CurationSpec;

/** The files of a curation of a sample dataset, written as the curator writes them. */
public final class Curated {
    /** Least cosine of the curation. */
    public static final double THRESHOLD = 0.5;

    private Curated() {}

    /**
     * Makes pairs of the first images of the dataset: the first and the second are 0.55 alike, the third and the fourth
     * 0.65, and so on up to 0.95.
     */
    public static Path write(DatasetDirectory dataset, String name) throws Exception {
        Path folder = Files.createDirectories(dataset.curationsFolder().resolve(name));
        List<CatalogEntry> images = dataset.catalog().all(CatalogFilter.OK).stream()
                .filter(i -> i.group().isEmpty())
                .toList();
        List<String> nodes = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            CatalogEntry a = images.get(2 * i);
            CatalogEntry b = images.get(2 * i + 1);
            nodes.add(a.hash());
            nodes.add(b.hash());
            pairs.add(new Pair(2 * i, 2 * i + 1, 0.55f + 0.1f * i));
        }
        for (int i = 0; i < 50; i++) {
            int pair = (i - 27) / 5;
            boolean full = i >= 27 && (i - 27) % 5 == 0 && pair < 5;
            String example = full
                    ? String.format(
                            java.util.Locale.ROOT,
                            "{\"first\": \"%s\", \"second\": \"%s\", \"similarity\": %.2f}",
                            images.get(2 * pair).file(),
                            images.get(2 * pair + 1).file(),
                            0.55 + 0.1 * pair)
                    : "";
            steps.append(i == 0 ? "" : ",")
                    .append(String.format(
                            java.util.Locale.ROOT,
                            "{\"from\": %.2f, \"to\": %.2f, \"images\": %d, \"examples\": [%s]}",
                            i / 50.0,
                            (i + 1) / 50.0,
                            full ? 2 : i > 10 && i < 22 ? 6 : 0,
                            example));
        }
        Files.writeString(
                folder.resolve("similarities.json"), "{\"threshold\": " + THRESHOLD + ", \"steps\": [" + steps + "]}");
        new ConfirmedPairs(nodes, PairList.of(pairs)).write(folder.resolve("pairs.csv"));
        CurationSpec spec = SpecReader.of(CurationSpec.class)
                .setAll(CurationSpec.defaults(), List.of("dedup.neighbours=32", "cluster.clusters=7"));
        SpecWriter.write(spec, true, folder.resolve("spec.yaml"));
        Files.writeString(folder.resolve("curation.json"), "{\"version\": 1}");
        return folder;
    }
}
