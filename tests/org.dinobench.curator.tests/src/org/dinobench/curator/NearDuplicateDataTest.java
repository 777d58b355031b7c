package org.dinobench.curator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.spec.CurationSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Curation of real images whose copies are known, with the built-in embedder. */
class NearDuplicateDataTest {
    @TempDir
    Path folder;

    private static CurationResult curate(DatasetDirectory dataset, Path out) throws Exception {
        return new Curation(dataset, CurationSpec.defaults(), Embedders.standard()).run(out, JobMonitor.NONE);
    }

    @Test
    void copiesOfKnownPicturesAreFound() throws Exception {
        Optional<Path> data = TestDatasets.testData("neardup");
        if (data.isEmpty()) {
            return;
        }
        Path images = data.get();
        DatasetDirectory dataset = TestDatasets.imported(folder.resolve("set"), images, new LabelSource.None());
        CurationResult result = curate(dataset, folder.resolve("out"));

        Map<String, String> base = new HashMap<>();
        List<String> lines = Files.readAllLines(images.resolve("truth.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            base.put(images.resolve(fields[0]).toString(), fields[1].isEmpty() ? fields[0] : fields[1]);
        }
        Map<String, Integer> sizes = new HashMap<>();
        base.values().forEach(name -> sizes.merge(name, 1, Integer::sum));
        long wanted = sizes.values().stream().mapToLong(n -> n * (n - 1L) / 2).sum();
        long claimed = 0;
        long right = 0;
        for (DuplicateGroup group : result.groups()) {
            List<String> paths =
                    group.members().stream().map(CurationImage::path).toList();
            for (int i = 0; i < paths.size(); i++) {
                for (int j = 0; j < i; j++) {
                    claimed++;
                    right += base.get(paths.get(i)).equals(base.get(paths.get(j))) ? 1 : 0;
                }
            }
        }
        double precision = right / (double) claimed;
        double recall = right / (double) wanted;
        System.out.printf(
                "neardup: precision %.4f, recall %.4f (%d of %d pairs claimed are right, %d wanted)%n",
                precision, recall, right, claimed, wanted);
        assertEquals(87L * 28, wanted);
        assertTrue(precision > 0.95, "precision " + precision);
        assertTrue(recall > 0.95, "recall " + recall);
    }

    @Test
    void equalFilesAndConflictsOfALesionSetAreFound() throws Exception {
        Optional<Path> data = TestDatasets.testData("isic9");
        if (data.isEmpty()) {
            return;
        }
        DatasetDirectory dataset = TestDatasets.imported(folder.resolve("set"), data.get(), new LabelSource.Folders());
        // Equal files need no search for near-duplicates, which would take this test most of its time.
        CurationSpec spec =
                SpecReader.of(CurationSpec.class).setAll(CurationSpec.defaults(), List.of("dedup.enabled=false"));
        CurationResult result =
                new Curation(dataset, spec, Embedders.standard()).run(folder.resolve("out"), JobMonitor.NONE);
        List<DuplicateGroup> exact = result.groups().stream()
                .filter(group -> group.members().stream()
                                .map(CurationImage::hash)
                                .distinct()
                                .count()
                        < group.members().size())
                .toList();
        System.out.printf(
                "isic9: %d images, %d kept, %d equal pairs, %d near pairs, %d groups, %d in conflict, %d across"
                        + " splits%n",
                result.images(),
                result.kept(),
                result.exactPairs(),
                result.nearPairs(),
                result.groups().size(),
                result.conflicts().size(),
                result.acrossSplits().size());
        assertEquals(159, result.exactPairs());
        List<List<CurationImage>> pairs = equalPairs(exact);
        assertEquals(159, pairs.size());
        assertEquals(
                155,
                pairs.stream()
                        .filter(pair -> !pair.get(0).label().equals(pair.get(1).label()))
                        .count());
        assertEquals(
                18,
                pairs.stream()
                        .filter(pair -> !pair.get(0).split().equals(pair.get(1).split()))
                        .count());
        List<ManifestEntry> manifest = Manifest.read(result.manifest());
        assertEquals(2359, manifest.size());
        assertEquals(
                result.kept(), manifest.stream().filter(ManifestEntry::keep).count());
        assertTrue(manifest.stream().noneMatch(entry -> entry.reason().isEmpty()));
        assertFalse(result.clusters().isEmpty());
    }

    private static List<List<CurationImage>> equalPairs(List<DuplicateGroup> groups) {
        List<List<CurationImage>> pairs = new ArrayList<>();
        for (DuplicateGroup group : groups) {
            for (int i = 0; i < group.members().size(); i++) {
                for (int j = 0; j < i; j++) {
                    CurationImage a = group.members().get(i);
                    CurationImage b = group.members().get(j);
                    if (a.hash().equals(b.hash())) {
                        pairs.add(List.of(a, b));
                    }
                }
            }
        }
        return pairs;
    }
}
