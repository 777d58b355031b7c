package org.dinobench.curator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.spec.CurationSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A curation by two processes against the same by one. */
class MpiCurationTest {
    private static final int PICTURES = 1200;

    /** Beyond the exact limit, so that the lists are shared too, and with more images than a shard holds. */
    private static final List<String> SETTINGS = List.of(
            "dedup.exact_limit=100",
            "dedup.verify=false",
            "dedup.threshold=0.97",
            "cluster.clusters=40",
            "cluster.levels=[7]",
            "cluster.iterations=12");

    @TempDir
    Path folder;

    private static boolean mpirunIsThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "mpirun")));
    }

    @Test
    void twoRanksEndInTheResultOfOne() throws Exception {
        if (!mpirunIsThere()) {
            System.out.println("Skipped: mpirun is not installed (Debian: apt-get install openmpi-bin)");
        }
        assumeTrue(mpirunIsThere(), "mpirun is not installed");
        Path images = folder.resolve("images");
        for (int i = 0; i < PICTURES; i++) {
            Pictures.write(
                    i % 10 == 9 ? Pictures.brighter(Pictures.of(i - 1, 48)) : Pictures.of(i, 48),
                    images.resolve(i % 3 + "/p" + i + ".png"));
        }
        DatasetDirectory one = TestDatasets.imported(folder.resolve("one"), images, new LabelSource.Folders());
        CurationSpec spec = SpecReader.of(CurationSpec.class).setAll(CurationSpec.defaults(), SETTINGS);
        CurationResult alone =
                new Curation(one, spec, Embedders.standard()).run(folder.resolve("one-out"), JobMonitor.NONE);
        assertTrue(alone.nearPairs() > 50, alone.nearPairs() + " pairs");

        DatasetDirectory two = TestDatasets.imported(folder.resolve("two"), images, new LabelSource.Folders());
        List<String> launcher = new ArrayList<>(List.of("mpirun", "--oversubscribe", "-np", "2"));
        if (System.getProperty("user.name").equals("root")) {
            launcher.add("--allow-run-as-root");
        }
        List<Object> arguments = new ArrayList<>(List.of(two.folder(), folder.resolve("two-out")));
        arguments.addAll(SETTINGS);
        Path output = folder.resolve("output.txt");
        Process job = ChildJava.start(ChildJava.command(launcher, CurationRank.class, arguments.toArray()), output);
        boolean ended = job.waitFor(100, TimeUnit.SECONDS);
        job.descendants().forEach(ProcessHandle::destroyForcibly);
        assertTrue(ended, () -> "not done in time: " + read(output));
        assertEquals(0, job.exitValue(), () -> read(output));
        assertEquals(
                2,
                read(output)
                        .lines()
                        .filter(line -> line.equals("kept " + alone.kept()))
                        .count(),
                read(output));

        assertEquals(read(alone.manifest()), read(folder.resolve("two-out/manifest.csv")));
        assertEquals(
                read(folder.resolve("one-out/similarities.json")), read(folder.resolve("two-out/similarities.json")));
        assertEquals(summary("one-out"), summary("two-out"));
        for (String shard : List.of("shard-00000.json", "shard-00001.json")) {
            assertEquals(
                    read(one.folder().resolve("embeddings/builtin-v1").resolve(shard)),
                    read(two.folder().resolve("embeddings/builtin-v1").resolve(shard)));
        }
    }

    private ObjectNode summary(String out) {
        return Json.readObject(folder.resolve(out).resolve("curation.json"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
