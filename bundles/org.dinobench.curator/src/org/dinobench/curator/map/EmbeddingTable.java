package org.dinobench.curator.map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.faiss.NpyFile;

/**
 * The vectors of one embedder, read whole from the shards of a dataset's folder of embeddings, without the embedder.
 *
 * @param embedder name of the embedder
 * @param keys content hashes of the images, each once
 * @param dimension length of a vector
 * @param values vectors, row after row: {@code keys.size() * dimension}
 */
public record EmbeddingTable(String embedder, List<String> keys, int dimension, float[] values) {
    /** Copies the list. */
    public EmbeddingTable {
        keys = List.copyOf(keys);
        if (values.length != (long) keys.size() * dimension) {
            throw new IllegalArgumentException(
                    values.length + " values for " + keys.size() + " vectors of " + dimension);
        }
    }

    /**
     * The embedders that have vectors.
     *
     * @param dataset the dataset's folder
     * @return their folders, the one that was written last first; none when the folder does not exist
     * @throws IOException when it cannot be listed
     */
    public static List<Path> embedders(Path dataset) throws IOException {
        Path embeddings = dataset.resolve("embeddings");
        if (!Files.isDirectory(embeddings)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(embeddings)) {
            for (Path folder : folders.toList()) {
                if (Files.isRegularFile(folder.resolve("shard-00000.json"))) {
                    found.add(folder);
                }
            }
        }
        List<Long> times = new ArrayList<>();
        for (Path folder : found) {
            times.add(Files.getLastModifiedTime(folder).toMillis());
        }
        List<Path> unsorted = List.copyOf(found);
        found.sort((a, b) -> Long.compare(times.get(unsorted.indexOf(b)), times.get(unsorted.indexOf(a))));
        return found;
    }

    /**
     * Reads all shards of an embedder.
     *
     * @param folder one of {@link #embedders}
     * @return the table
     * @throws IOException when a file cannot be read
     * @throws BadInputException when a shard is damaged, or the vectors do not fit one array (2 billion numbers)
     */
    public static EmbeddingTable read(Path folder) throws IOException {
        List<String> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<float[]> parts = new ArrayList<>();
        int dimension = 0;
        for (int shard = 0; ; shard++) {
            Path header = folder.resolve(String.format("shard-%05d.json", shard));
            if (!Files.isRegularFile(header)) {
                break;
            }
            ObjectNode node = Json.readObject(header);
            List<String> own = new ArrayList<>();
            node.path("keys").forEach(k -> own.add(k.asText()));
            if (own.isEmpty()) {
                continue;
            }
            NpyFile npy = NpyFile.open(folder.resolve(String.format("shard-%05d.npy", shard)));
            if (npy.rows() != own.size() || dimension != 0 && npy.dimension() != dimension) {
                throw new BadInputException(
                        header.toString(),
                        own.size() + " keys for " + npy.rows() + " vectors of " + npy.dimension(),
                        "remove the folder and curate again");
            }
            dimension = npy.dimension();
            float[] rows = rows(npy);
            for (int i = 0; i < own.size(); i++) {
                if (seen.add(own.get(i))) {
                    keys.add(own.get(i));
                    float[] row = new float[dimension];
                    System.arraycopy(rows, i * dimension, row, 0, dimension);
                    parts.add(row);
                }
            }
        }
        if ((long) keys.size() * dimension > Integer.MAX_VALUE - 8) {
            throw new BadInputException(
                    folder.toString(), keys.size() + " vectors are too many for a map", "map a smaller dataset");
        }
        float[] values = new float[keys.size() * dimension];
        for (int i = 0; i < parts.size(); i++) {
            System.arraycopy(parts.get(i), 0, values, i * dimension, dimension);
        }
        return new EmbeddingTable(folder.getFileName().toString(), keys, dimension, values);
    }

    private static float[] rows(NpyFile npy) throws IOException {
        float[] rows = new float[Math.toIntExact(npy.rows() * npy.dimension())];
        try (FileChannel channel = FileChannel.open(npy.file())) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, npy.offset(), 4L * rows.length);
            bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(rows);
        }
        return rows;
    }

    /** Number of vectors. */
    public int rows() {
        return keys.size();
    }
}
