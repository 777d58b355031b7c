package org.dinobench.core.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkpoint of a run: one safetensors file for each rank, and {@code index.json}, which is written last and without
 * which there is no checkpoint.
 *
 * @param folder {@code checkpoints/step-N}
 * @param step steps done when it was taken
 */
public record CheckpointFolder(Path folder, long step) {
    /** The index; its presence makes the checkpoint complete. */
    public Path indexFile() {
        return folder.resolve("index.json");
    }

    /** The shard of one rank. */
    public Path shard(int rank, int ranks) {
        return folder.resolve("rank-" + rank + "-of-" + ranks + ".safetensors");
    }

    /** Whether it can be loaded. */
    public boolean isComplete() {
        return Files.isRegularFile(indexFile());
    }

    /** Removes it, the index first: a half-removed checkpoint is an incomplete one. */
    public void delete() throws IOException {
        Files.deleteIfExists(indexFile());
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
