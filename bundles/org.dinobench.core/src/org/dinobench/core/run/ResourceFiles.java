package org.dinobench.core.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dinobench.core.problem.BadInputException;

/** The folder {@code resources} of a run: a file for each process, which only that process writes. */
public final class ResourceFiles {
    private static final String FOLDER = "resources";
    private static final String PREFIX = "rank-";
    private static final String SUFFIX = ".jsonl";
    private static final int TAIL = 1 << 16;
    private static final int MOST_RANKS = 4096;

    private final Path folder;

    /** @param run folder of a run */
    public ResourceFiles(Path run) {
        this.folder = run.resolve(FOLDER);
    }

    /**
     * Adds a sample to its process's file.
     *
     * @throws IOException when it cannot be written
     */
    public void append(ResourceSample sample) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(PREFIX + sample.rank() + SUFFIX),
                sample.toLine() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /**
     * The latest samples of each process, some hundreds at most.
     *
     * @return by number of the process, oldest first; empty when the run has recorded nothing
     * @throws IOException when a file cannot be read
     * @throws BadInputException when a file is damaged
     */
    public Map<Integer, List<ResourceSample>> latest() throws IOException {
        Map<Integer, List<ResourceSample>> all = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(f -> f.getFileName().toString().startsWith(PREFIX)
                            && f.getFileName().toString().endsWith(SUFFIX))
                    .limit(MOST_RANKS)
                    .toList();
        }
        for (Path file : files) {
            for (ResourceSample sample : tail(file)) {
                all.computeIfAbsent(sample.rank(), r -> new ArrayList<>()).add(sample);
            }
        }
        all.values().forEach(list -> list.sort(Comparator.comparingDouble(ResourceSample::time)));
        return all;
    }

    private static List<ResourceSample> tail(Path file) throws IOException {
        byte[] bytes;
        boolean cut;
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            long from = Math.max(0, length - TAIL);
            cut = from > 0;
            bytes = new byte[(int) (length - from)];
            in.seek(from);
            in.readFully(bytes);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        // the last line may be under way, the first one of a tail may be cut
        int end = text.lastIndexOf('\n');
        List<String> lines =
                end < 0 ? List.of() : text.substring(0, end).lines().toList();
        List<ResourceSample> samples = new ArrayList<>();
        for (int i = cut ? 1 : 0; i < lines.size(); i++) {
            samples.add(ResourceSample.parse(file.toString(), lines.get(i)));
        }
        return samples;
    }
}
