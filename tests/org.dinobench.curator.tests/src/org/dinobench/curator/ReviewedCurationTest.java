package org.dinobench.curator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.cluster.ClusterSummary;
import org.dinobench.curator.dedup.ConfirmedPairs;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.dedup.DuplicatePreview;
import org.dinobench.curator.dedup.StoredSimilarities;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.map.EmbeddingTable;
import org.dinobench.curator.map.NearestImages;
import org.dinobench.curator.spec.ConflictRule;
import org.dinobench.curator.spec.CurationSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say of clusters and thresholds, before and after a rerun. */
class ReviewedCurationTest {
    @TempDir
    Path folder;

    private DatasetDirectory dataset;

    /** Twelve pictures; three of them with a mirrored and a brighter copy under another label. */
    @BeforeEach
    void importPictures() throws Exception {
        Path images = folder.resolve("images");
        for (int i = 0; i < 12; i++) {
            Pictures.write(Pictures.of(i), images.resolve("one/p" + i + ".png"));
        }
        for (int i = 0; i < 3; i++) {
            Pictures.write(Pictures.mirrored(Pictures.of(i)), images.resolve("two/m" + i + ".png"));
            Pictures.write(Pictures.brighter(Pictures.of(i)), images.resolve("one/b" + i + ".png"));
        }
        dataset = TestDatasets.imported(folder.resolve("set"), images, new LabelSource.Folders());
    }

    private CurationResult curate(String... assignments) throws Exception {
        CurationSpec spec = SpecReader.of(CurationSpec.class).setAll(CurationSpec.defaults(), List.of(assignments));
        return new Curation(dataset, spec, Embedders.standard()).run(folder.resolve("out"), JobMonitor.NONE);
    }

    private List<CatalogEntry> inCluster(int cluster) throws Exception {
        return dataset.catalog().all(CatalogFilter.OK.withCluster(cluster));
    }

    @Test
    void mergedClustersStayOneInALaterRun() throws Exception {
        CurationResult before = curate("cluster.clusters=5");
        ClusterSummary a = before.clusters().get(0);
        ClusterSummary b = before.clusters().get(1);
        List<CatalogEntry> first = inCluster(a.cluster());
        List<CatalogEntry> second = inCluster(b.cluster());
        Reviews.NONE
                .withMerged(
                        first.get(0).hash(),
                        List.of(second.get(0).hash(), first.get(0).hash()))
                .withClusterName(List.of(first.get(0).hash()), "Both")
                .write(dataset);
        assertEquals(1, Reviews.read(dataset).merges().size());

        CurationResult after = curate("cluster.clusters=5");
        assertEquals(before.clusters().size() - 1, after.clusters().size());
        ClusterSummary both = after.clusters().stream()
                .filter(c -> c.name().equals("Both"))
                .findFirst()
                .orElseThrow();
        assertEquals(a.size() + b.size(), both.size());
        assertTrue(both.meanSimilarity() > 0 && both.meanSimilarity() <= 1.0001, "" + both.meanSimilarity());
        assertEquals(both.size(), inCluster(both.cluster()).size());

        // images that are gone say nothing, and balancing draws from the merged cluster as from one
        Reviews.read(dataset)
                .withMerged("no image", List.of(second.get(0).hash()))
                .write(dataset);
        assertEquals(4, curate("cluster.clusters=5", "balance.target=4").kept());
    }

    @Test
    void anotherNameReplacesTheOneThatAnotherImageHolds() {
        Reviews reviews = Reviews.NONE
                .withClusterName(List.of("b"), "old")
                .withClusterName(List.of("c"), "other cluster")
                .withClusterName(List.of("a", "b"), " new ");
        assertEquals(Map.of("a", "new", "c", "other cluster"), reviews.clusterNames());
        assertEquals(
                Map.of("c", "other cluster"),
                reviews.withClusterName(List.of("b", "a"), " ").clusterNames());
        assertThrows(BadInputException.class, () -> reviews.withClusterName(List.of("a"), "x".repeat(201)));
    }

    @Test
    void thePreviewOfAHigherThresholdIsWhatARerunMakes() throws Exception {
        CurationResult low = curate();
        ConfirmedPairs pairs = ConfirmedPairs.read(low.folder().resolve("pairs.csv"));
        assertEquals(low.nearPairs(), pairs.pairs().size());
        DuplicatePreview preview = new DuplicatePreview(
                dataset.catalog().all(CatalogFilter.OK).stream()
                        .map(CurationImage::of)
                        .toList(),
                pairs,
                Reviews.NONE,
                ConflictRule.KEEP);
        List<Double> similarities = pairs.pairs().stream()
                .map(p -> (double) p.similarity())
                .sorted()
                .toList();
        double middle = similarities.get(similarities.size() / 2);
        for (double threshold : new double[] {preview.lowest(), middle, 0.9999}) {
            CurationResult rerun = curate("dedup.threshold=" + threshold, "cluster.enabled=false");
            DuplicatePreview.Effect effect = preview.at(threshold);
            assertEquals(members(rerun.groups()), members(effect.groups().groups()), "at " + threshold);
            assertEquals(rerun.conflicts().size(), effect.conflicting());
            assertEquals(rerun.images() - rerun.kept(), effect.dropped());
        }
        assertEquals(3, preview.at(0).groups().groups().size());
        assertEquals(6, preview.at(0).dropped());
        assertTrue(preview.at(middle).dropped() <= 6);
    }

    private static Map<Long, List<String>> members(List<DuplicateGroup> groups) {
        Map<Long, List<String>> members = new TreeMap<>();
        groups.forEach(group -> members.put(
                group.number(),
                group.members().stream().map(CurationImage::path).toList()));
        return members;
    }

    @Test
    void theHistogramIsReadBackWithItsExamples() throws Exception {
        CurationResult result = curate();
        StoredSimilarities stored = StoredSimilarities.read(result.folder().resolve(StoredSimilarities.FILE));
        assertEquals(50, stored.steps().size());
        assertEquals(
                18,
                stored.steps().stream()
                        .mapToLong(StoredSimilarities.Step::images)
                        .sum());
        StoredSimilarities.Step full = stored.steps().stream()
                .filter(step -> !step.examples().isEmpty())
                .findFirst()
                .orElseThrow();
        assertTrue(Files.exists(Path.of(full.examples().get(0).first())));
        assertEquals(full, stored.at((full.from() + full.to()) / 2));
        assertEquals(stored.steps().get(49), stored.at(1));
        Path torn = Files.writeString(folder.resolve("torn.json"), "{\"threshold\": 0.5, \"steps\": []}");
        assertThrows(BadInputException.class, () -> StoredSimilarities.read(torn));
        Path noPairs = Files.writeString(folder.resolve("pairs.csv"), "first,second,similarity\na,a,1\n");
        assertThrows(BadInputException.class, () -> ConfirmedPairs.read(noPairs));
    }

    @Test
    void theNearestImagesOfAnImageAreItsCopies() throws Exception {
        curate();
        Map<String, String> names = new TreeMap<>();
        dataset.catalog().all(CatalogFilter.OK).forEach(e -> names.put(e.hash(), e.path()));
        String hash = dataset.catalog()
                .all(CatalogFilter.OK.withText("p1.png"))
                .get(0)
                .hash();
        NearestImages images =
                new NearestImages(EmbeddingTable.embedders(dataset.folder()).get(0));
        List<NearestImages.Found> found = images.of(images.vector(hash).orElseThrow(), 3, JobMonitor.NONE);
        assertEquals(
                List.of("one/p1.png", "one/b1.png", "two/m1.png"),
                found.stream()
                        .map(f -> names.get(f.hash()))
                        .sorted((a, b) -> order(a) - order(b))
                        .toList());
        assertEquals(hash, found.get(0).hash());
        assertEquals(1, found.get(0).similarity(), 1e-6);
        assertTrue(found.get(1).similarity() >= found.get(2).similarity());
        assertEquals(
                18,
                images.of(images.vector(hash).orElseThrow(), 100, JobMonitor.NONE)
                        .size());
        assertFalse(images.vector("no image").isPresent());
        assertThrows(BadInputException.class, () -> images.of(new float[3], 1, JobMonitor.NONE));
    }

    private static int order(String path) {
        return path.contains("/p") ? 0 : path.contains("/b") ? 1 : 2;
    }
}
