package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of real images found by a model that is trained here, on these images, in moments. */
class OwnModelCopiesTest {
    private static final List<String> SMALL = List.of(
            "student.arch=vit_micro",
            "crops.local_crops_number=2",
            "dino.head_n_prototypes=256",
            "ibot.head_n_prototypes=256",
            "train.batch_size_per_gpu=16",
            "train.eval_every=0",
            "train.minutes=",
            "optim.warmup_steps=5",
            "optim.steps=30");
    /** Every so many of the pictures: the whole set takes minutes. */
    private static final int EVERY = 6;

    @TempDir
    Path folder;

    private CommandLineRun run(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--workspace", folder.resolve("workspace").toString()));
        CommandLineRun done = CommandLineRun.of(all);
        assertEquals(0, done.code(), done.said());
        return done;
    }

    /** File name and the picture that it shows, of a part of the set. */
    private Map<String, String> part(Path set) throws IOException {
        Map<String, String> pictures = new HashMap<>();
        List<String> lines = Files.readAllLines(set.resolve("truth.csv"));
        int number = 0;
        boolean taken = false;
        Files.createDirectories(folder.resolve("images"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields[1].isEmpty()) {
                taken = number++ % EVERY == 0;
            }
            if (taken) {
                Path file = set.resolve(fields[0]);
                String name = fields[0].replace('/', '-');
                pictures.put(name, fields[1].isEmpty() ? fields[0] : fields[1]);
                Files.copy(file, folder.resolve("images").resolve(name));
            }
        }
        return pictures;
    }

    @Test
    void moreThanNineteenInTwentyPairsAreFoundAndRight() throws IOException {
        String data = System.getenv("DINOBENCH_TEST_DATA");
        boolean there = data != null && Files.isRegularFile(Path.of(data, "neardup", "truth.csv"));
        if (!there) {
            System.out.println("Skipped: DINOBENCH_TEST_DATA names no folder with neardup/truth.csv");
        }
        assumeTrue(there, "no image set");
        Map<String, String> pictures = part(Path.of(data, "neardup"));
        run(List.of("import", "--images", folder.resolve("images").toString(), "--dataset", "d"));
        List<String> training =
                new ArrayList<>(List.of("train", "--dataset", "d", "--preset", "quick", "--out", "own"));
        SMALL.forEach(setting -> training.addAll(List.of("--set", setting)));
        run(training);
        Path out = folder.resolve("out");
        run(List.of(
                "curate",
                "--dataset",
                "d",
                "--out",
                out.toString(),
                "--set",
                "dedup.model=" + folder.resolve("workspace/runs/own"),
                "--set",
                "cluster.enabled=false"));

        Map<String, String> groups = new HashMap<>();
        for (ManifestEntry entry : Manifest.read(out.resolve("manifest.csv"))) {
            groups.put(Path.of(entry.path()).getFileName().toString(), entry.group());
        }
        long right = pairs(pictures.keySet().stream()
                .filter(name -> !groups.get(name).isEmpty())
                .map(name -> groups.get(name) + " " + pictures.get(name)));
        long claimed = pairs(groups.values().stream().filter(group -> !group.isEmpty()));
        long wanted = pairs(pictures.values().stream());
        double precision = right / (double) claimed;
        double recall = right / (double) wanted;
        System.out.printf(
                "own model: precision %.4f, recall %.4f (%d of %d pairs claimed are right, %d wanted, %d images)%n",
                precision, recall, right, claimed, wanted, pictures.size());
        assertTrue(precision >= 0.95, "precision " + precision);
        assertTrue(recall > 0.95, "recall " + recall);
    }

    /** Pairs of equal words. */
    private static long pairs(Stream<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts.values().stream().mapToLong(n -> n * (n - 1L) / 2).sum();
    }
}
