package org.dinobench.curator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.KeepDecision;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.spec.CurationSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurationTest {
    private static final int SINGLES = 20;

    @TempDir
    Path folder;

    private Path images;
    private DatasetDirectory dataset;

    /** Twenty pictures without copies; one with a mirrored, a brighter and an equal copy under another label. */
    @BeforeEach
    void importPictures() throws Exception {
        images = folder.resolve("images");
        for (int i = 0; i < SINGLES; i++) {
            Pictures.write(
                    Pictures.of(i), images.resolve(i % 2 == 0 ? "even" : "odd").resolve("p" + i + ".png"));
        }
        Path large = Pictures.write(Pictures.of(100, 240), images.resolve("even/large.png"));
        Pictures.write(Pictures.mirrored(Pictures.of(100)), images.resolve("even/mirrored.png"));
        Pictures.write(Pictures.brighter(Pictures.of(100)), images.resolve("even/brighter.png"));
        Files.copy(large, images.resolve("odd/equal.png"));
        dataset = TestDatasets.imported(folder.resolve("set"), images, new LabelSource.Folders());
    }

    private static CurationSpec spec(String... assignments) {
        return SpecReader.of(CurationSpec.class).setAll(CurationSpec.defaults(), List.of(assignments));
    }

    private CurationResult curate(String... assignments) throws Exception {
        return new Curation(dataset, spec(assignments), Embedders.standard())
                .run(folder.resolve("out"), JobMonitor.NONE);
    }

    private static Map<String, ManifestEntry> manifest(CurationResult result) {
        return Manifest.read(result.manifest()).stream()
                .collect(Collectors.toMap(
                        entry -> Path.of(entry.path()).getFileName().toString(), Function.identity()));
    }

    @Test
    void copiesAreGroupedAndTheLargestStays() throws Exception {
        CurationResult result = curate();
        assertEquals(1, result.groups().size());
        DuplicateGroup group = result.groups().get(0);
        assertEquals(4, group.members().size());
        assertEquals(1, result.exactPairs());
        assertEquals(List.of("even", "odd"), group.labels());
        assertEquals(1, result.conflicts().size());
        assertEquals(SINGLES + 1, result.kept());

        Map<String, ManifestEntry> manifest = manifest(result);
        assertEquals(SINGLES + 4, manifest.size());
        assertTrue(manifest.get("large.png").keep());
        assertTrue(manifest.get("equal.png").reason().startsWith("same file as "));
        assertTrue(manifest.get("mirrored.png").reason().startsWith("near-duplicate of "));
        assertEquals(
                manifest.get("large.png").group(), manifest.get("brighter.png").group());
        assertEquals("", manifest.get("p3.png").group());
        assertFalse(manifest.get("p3.png").cluster().isEmpty());
        assertEquals(
                1,
                Json.readObject(folder.resolve("out/curation.json"))
                        .get("label_conflicts")
                        .asInt());
        assertTrue(Files.exists(folder.resolve("out/versions/0001/manifest.parquet")));
    }

    @Test
    void aSecondRunIsTheSameAndKeepsTheFirst() throws Exception {
        String first = Files.readString(curate().manifest());
        CurationResult again = curate();
        assertEquals(2, again.version());
        assertEquals(first, Files.readString(again.manifest()));
        assertEquals(first, Files.readString(folder.resolve("out/versions/0001/manifest.csv")));
    }

    @Test
    void decisionsOfPeopleSurviveAndChooseTheRepresentative() throws Exception {
        curate();
        long large = id("large.png");
        long single = id("p3.png");
        long mirrored = id("mirrored.png");
        dataset.catalog()
                .decide(List.of(
                        new KeepDecision(large, false, "out of focus"),
                        new KeepDecision(single, false, "not a picture"),
                        new KeepDecision(mirrored, true, "the best one")));
        for (int run = 0; run < 2; run++) {
            Map<String, ManifestEntry> manifest = manifest(curate());
            assertFalse(manifest.get("large.png").keep());
            assertEquals("out of focus", manifest.get("large.png").reason());
            assertFalse(manifest.get("p3.png").keep());
            assertTrue(manifest.get("mirrored.png").keep());
            assertFalse(manifest.get("brighter.png").keep());
        }
    }

    private long id(String name) throws Exception {
        return dataset.catalog().all(CatalogFilter.ALL).stream()
                .filter(entry -> entry.path().endsWith("/" + name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void splitGroupsAndClusterNamesSurvive() throws Exception {
        DuplicateGroup group = curate().groups().get(0);
        CurationImage mirrored = group.members().stream()
                .filter(image -> image.path().endsWith("mirrored.png"))
                .findFirst()
                .orElseThrow();
        List<CurationImage> rest = group.members().stream()
                .filter(image -> !image.equals(mirrored))
                .toList();
        Reviews.NONE
                .withSplit(List.of(mirrored), rest)
                .withClusterName(mirrored, "Mirrors")
                .write(dataset);
        for (int clusters : new int[] {3, 7}) {
            CurationResult result = curate("cluster.clusters=" + clusters);
            assertEquals(3, result.groups().get(0).members().size());
            assertTrue(manifest(result).get("mirrored.png").keep());
            assertEquals(
                    1,
                    result.clusters().stream()
                            .filter(cluster -> cluster.name().equals("Mirrors"))
                            .count());
        }
        assertThrows(IllegalArgumentException.class, () -> Reviews.NONE.withSplit(group.members(), rest));
    }

    @Test
    void theEstimateTellsSizesBeforehand() throws Exception {
        CurationEstimate before =
                new Curation(dataset, spec("cluster.clusters=5"), Embedders.standard()).estimate(JobMonitor.NONE);
        assertEquals(SINGLES + 4, before.images());
        assertEquals(SINGLES + 3, before.toEmbed());
        assertEquals(5, before.clusters());
        assertTrue(before.exactNeighbours());
        assertTrue(before.memoryBytes() > before.vectorBytes() && before.vectorBytes() > 0);
        assertTrue(before.seconds() > 0);
        assertFalse(Files.exists(folder.resolve("out")));
        curate();
        CurationEstimate after = new Curation(dataset, spec(), Embedders.standard()).estimate(JobMonitor.NONE);
        assertEquals(0, after.toEmbed());
    }

    @Test
    void groupsInConflictCanGo() throws Exception {
        CurationResult result = curate("dedup.conflicts=drop");
        assertEquals(SINGLES, result.kept());
        assertTrue(manifest(result).get("large.png").reason().contains("different labels: even, odd"));
    }

    @Test
    void nothingOfAReferenceSetStays() throws Exception {
        Path reference = folder.resolve("evaluation");
        Pictures.write(Pictures.brighter(Pictures.of(7)), reference.resolve("test7.png"));
        Pictures.write(Pictures.of(100), reference.resolve("test100.png"));
        CurationResult result = curate("dedup.references=[" + reference + "]");
        assertEquals(5, result.leaks());
        assertEquals(SINGLES - 1, result.kept());
        assertTrue(manifest(result).get("p7.png").reason().contains("test7.png"));
        assertFalse(manifest(result).get("large.png").keep());
    }

    @Test
    void retrievalTakesWhatIsLikeTheSeeds() throws Exception {
        Path seeds = folder.resolve("seeds");
        Pictures.write(Pictures.brighter(Pictures.of(4)), seeds.resolve("a.png"));
        Pictures.write(Pictures.brighter(Pictures.of(9)), seeds.resolve("b.png"));
        CurationResult result = curate("retrieve.mode=sample", "retrieve.seeds=" + seeds, "retrieve.per_query=1");
        assertEquals(2, result.kept());
        assertTrue(manifest(result).get("p4.png").keep());
        assertTrue(manifest(result).get("p9.png").keep());
        assertEquals("not like the seed images", manifest(result).get("p5.png").reason());
    }

    @Test
    void balanceKeepsAsManyAsWanted() throws Exception {
        CurationResult result = curate("balance.target=9", "cluster.clusters=6", "cluster.levels=[3]");
        assertEquals(9, result.kept());
        assertEquals(6, result.clusters().size());
        assertTrue(manifest(result).values().stream()
                .anyMatch(entry -> entry.reason().startsWith("left out to balance cluster")));
    }

    @Test
    void onlyNewAndChangedImagesAreEmbedded() throws Exception {
        curate();
        Path embeddings = dataset.folder().resolve("embeddings/builtin-v1");
        assertTrue(Files.exists(embeddings.resolve("shard-00000.npy")));
        curate();
        assertFalse(Files.exists(embeddings.resolve("shard-00001.npy")));
        Pictures.write(Pictures.of(500), images.resolve("odd/new.png"));
        Files.move(images.resolve("even/p0.png"), images.resolve("odd/moved.png"));
        dataset.catalog().importFolder(images, new LabelSource.Folders(), TestDatasets.probe(), 1, JobMonitor.NONE);
        curate();
        assertEquals(
                1,
                Json.readObject(embeddings.resolve("shard-00001.json"))
                        .get("rows")
                        .asInt());
    }

    @Test
    void aRunThatIsStoppedAnywhereGoesOnToTheSameResult() throws Exception {
        String whole = Files.readString(curate().manifest());
        DatasetDirectory other = TestDatasets.imported(folder.resolve("other"), images, new LabelSource.Folders());
        Curation curation = new Curation(other, spec(), Embedders.standard());
        int stops = 0;
        CurationResult result = null;
        for (int patience = 1; result == null; patience += 3) {
            try {
                result = curation.run(folder.resolve("stopped"), new Impatient(patience));
            } catch (StoppedException e) {
                stops++;
            }
        }
        assertTrue(stops >= 5, stops + " stops");
        assertEquals(whole, Files.readString(result.manifest()));
        assertEquals(1, result.version());
    }

    /** Stops after so many looks. */
    private static final class Impatient implements JobMonitor {
        private int left;

        Impatient(int patience) {
            left = patience;
        }

        @Override
        public void begin(String stage, long total) {}

        @Override
        public void worked(long units) {}

        @Override
        public void message(String text) {}

        @Override
        public boolean isStopped() {
            return left-- <= 0;
        }
    }

    @Test
    void badInputIsNamed() throws Exception {
        assertThrows(BadInputException.class, () -> curate("dedup.references=[/nowhere]"));
        assertThrows(BadInputException.class, () -> curate("embed.model=/nowhere/model.pth"));
        assertThrows(BadInputException.class, () -> curate("retrieve.mode=sample"));
        assertThrows(BadInputException.class, () -> spec("cluster.levels=[3, 5]"));
        assertThrows(BadInputException.class, () -> curate("cluster.levels=[9]", "cluster.clusters=5"));
        DatasetDirectory none = new DatasetDirectory(folder.resolve("none"));
        assertThrows(BadInputException.class, () -> new Curation(none, spec(), Embedders.standard())
                .run(folder, JobMonitor.NONE));
    }
}
