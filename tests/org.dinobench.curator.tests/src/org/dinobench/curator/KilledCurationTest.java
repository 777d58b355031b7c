package org.dinobench.curator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.KeepDecision;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.spec.CurationSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Curations in processes of their own, killed twenty times at random moments: what people decided and what was finished
 * is never lost, and the run that is let through ends as if nothing had happened.
 */
class KilledCurationTest {
    private static final int KILLS = 20;
    private static final int PICTURES = 30;
    private static final List<String> SETTINGS =
            List.of("cluster.clusters=6", "cluster.levels=[2]", "balance.target=16", "dedup.exact_limit=10");

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private Path images;
    private int runs;

    @Test
    void nothingIsLostByKills() throws Exception {
        images = folder.resolve("images");
        for (int i = 0; i < PICTURES; i++) {
            Pictures.write(
                    i % 6 == 5 ? Pictures.mirrored(Pictures.of(i - 1, 96)) : Pictures.of(i, 96),
                    images.resolve(i % 2 + "/p" + i + ".png"));
        }
        CurationSpec spec = SpecReader.of(CurationSpec.class).setAll(CurationSpec.defaults(), SETTINGS);
        String whole = Files.readString(new Curation(fresh("whole"), spec, Embedders.standard())
                .run(folder.resolve("whole-out"), JobMonitor.NONE)
                .manifest());

        int sets = 0;
        DatasetDirectory dataset = fresh("set0");
        Path out = folder.resolve("out0");
        int lines = child(fresh("let-through"), folder.resolve("let-through-out"), Integer.MAX_VALUE)
                .size();
        Map<String, Integer> stages = new TreeMap<>();
        for (int kill = 0; kill < KILLS; ) {
            List<String> printed = child(dataset, out, random.nextInt(lines));
            check(dataset, out);
            String last = printed.isEmpty() ? "starting" : printed.get(printed.size() - 1);
            if (last.equals("done")) {
                assertEquals(whole, Files.readString(out.resolve("manifest.csv")));
                sets++;
                dataset = fresh("set" + sets);
                out = folder.resolve("out" + sets);
            } else {
                stages.merge(last, 1, Integer::sum);
                kill++;
            }
        }
        System.out.println("killed in: " + stages);
        assertTrue(stages.size() >= 5, "kills hit different stages: " + stages);
        child(dataset, out, Integer.MAX_VALUE);
        assertEquals(whole, Files.readString(out.resolve("manifest.csv")));
    }

    /** A data set on which people have decided. */
    private DatasetDirectory fresh(String name) throws Exception {
        DatasetDirectory dataset = TestDatasets.imported(folder.resolve(name), images, new LabelSource.Folders());
        List<CatalogEntry> entries = dataset.catalog().all(CatalogFilter.ALL);
        dataset.catalog().decide(List.of(new KeepDecision(entries.get(3).id(), false, "not a picture")));
        return dataset;
    }

    /** Runs a child and kills it a little after it has printed so many lines; returns what it printed. */
    private List<String> child(DatasetDirectory dataset, Path out, int lines) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(dataset.folder(), out));
        arguments.addAll(SETTINGS);
        Path output = folder.resolve("output-" + runs++ + ".txt");
        Process process =
                ChildJava.start(ChildJava.command(List.of(), CurationChild.class, arguments.toArray()), output);
        while (process.isAlive() && Files.readAllLines(output).size() < lines) {
            process.waitFor(2, TimeUnit.MILLISECONDS);
        }
        process.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        List<String> printed = Files.readAllLines(output);
        int exit = process.exitValue();
        assertTrue(exit == 0 || exit == 137, () -> "the process failed by itself:\n" + String.join("\n", printed));
        return printed;
    }

    private void check(DatasetDirectory dataset, Path out) throws IOException {
        List<CatalogEntry> entries = dataset.catalog().all(CatalogFilter.ALL);
        assertEquals(PICTURES, entries.size());
        assertTrue(entries.get(3).decidedByPerson());
        assertFalse(entries.get(3).keep());
        if (!Files.isDirectory(out.resolve("versions"))) {
            return;
        }
        try (Stream<Path> versions = Files.list(out.resolve("versions"))) {
            for (Path version : versions.sorted(Comparator.naturalOrder()).toList()) {
                // A version is whole when its summary is there; before that nobody takes it for one.
                if (Files.exists(version.resolve("curation.json"))) {
                    int kept = Json.readObject(version.resolve("curation.json"))
                            .path("kept")
                            .asInt();
                    assertEquals(
                            kept,
                            Manifest.read(version.resolve("manifest.csv")).stream()
                                    .filter(entry -> entry.keep())
                                    .count());
                }
            }
        }
    }
}
