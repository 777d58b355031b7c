package org.dinobench.curator.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.faiss.NpyFile;

/**
 * Images that look like one, by the cosine of the vectors that an embedder has left in a dataset's folder; neither the
 * embedder nor an index is needed. Shards are mapped one after the other, so that memory does not grow with the dataset;
 * every image is compared.
 */
public final class NearestImages {
    private final Path folder;

    /** @param folder one of {@link EmbeddingTable#embedders} */
    public NearestImages(Path folder) {
        this.folder = folder;
    }

    /**
     * An image that was found.
     *
     * @param hash its content hash
     * @param similarity cosine, -1 to 1
     */
    public record Found(String hash, double similarity) {}

    /**
     * The vector of an image.
     *
     * @param hash its content hash
     * @return the vector as it was written; empty when the embedder has none of it
     * @throws IOException when a shard cannot be read
     * @throws BadInputException when a shard is damaged
     */
    public Optional<float[]> vector(String hash) throws IOException {
        for (int number = 0; ; number++) {
            Shard shard = Shard.open(folder, number);
            if (shard == null) {
                return Optional.empty();
            }
            int row = shard.keys().indexOf(hash);
            if (row >= 0) {
                float[] vector = new float[shard.dimension()];
                shard.rows().get(row * vector.length, vector);
                return Optional.of(vector);
            }
        }
    }

    /**
     * The nearest images of a vector.
     *
     * @param vector of the embedder's dimension, of any length
     * @param most images found at most
     * @param monitor polled for a stop at each shard
     * @return the nearest first; an image that has the vector itself is among them
     * @throws IOException when a shard cannot be read
     * @throws BadInputException when a shard is damaged or has another dimension
     */
    public List<Found> of(float[] vector, int most, JobMonitor monitor) throws IOException {
        PriorityQueue<Found> best = new PriorityQueue<>(
                Comparator.comparingDouble(Found::similarity).thenComparing(Found::hash));
        Set<String> seen = new HashSet<>();
        double length = length(vector);
        for (int number = 0; ; number++) {
            monitor.checkStopped();
            Shard shard = Shard.open(folder, number);
            if (shard == null) {
                List<Found> sorted = new ArrayList<>(best);
                sorted.sort(best.comparator().reversed());
                return sorted;
            }
            if (!shard.keys().isEmpty() && shard.dimension() != vector.length) {
                throw new BadInputException(
                        folder.toString(),
                        "its vectors have " + shard.dimension() + " numbers, not " + vector.length,
                        "remove the folder and curate again");
            }
            add(shard, vector, length, seen, best, most);
        }
    }

    private static void add(
            Shard shard, float[] vector, double length, Set<String> seen, PriorityQueue<Found> best, int most) {
        float[] row = new float[vector.length];
        for (int i = 0; i < shard.keys().size(); i++) {
            if (!seen.add(shard.keys().get(i))) {
                continue;
            }
            shard.rows().get(i * row.length, row);
            double own = 0;
            double both = 0;
            for (int d = 0; d < row.length; d++) {
                own += (double) row[d] * row[d];
                both += (double) row[d] * vector[d];
            }
            double lengths = Math.sqrt(own) * length;
            Found found = new Found(shard.keys().get(i), lengths > 0 ? Math.min(1, both / lengths) : 0);
            best.add(found);
            if (best.size() > most) {
                best.remove();
            }
        }
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /**
     * A shard, mapped.
     *
     * @param keys content hashes, row by row
     * @param dimension numbers in a row
     * @param rows all rows
     */
    private record Shard(List<String> keys, int dimension, FloatBuffer rows) {
        /** Opens a shard, or gives null where there is none of this number. */
        static Shard open(Path folder, int number) throws IOException {
            Path header = folder.resolve(String.format("shard-%05d.json", number));
            if (!Files.isRegularFile(header)) {
                return null;
            }
            List<String> keys = new ArrayList<>();
            for (JsonNode key : Json.readObject(header).path("keys")) {
                keys.add(key.asText());
            }
            if (keys.isEmpty()) {
                return new Shard(List.of(), 0, FloatBuffer.allocate(0));
            }
            NpyFile npy = NpyFile.open(folder.resolve(String.format("shard-%05d.npy", number)));
            if (npy.rows() != keys.size()) {
                throw new BadInputException(
                        header.toString(),
                        keys.size() + " keys for " + npy.rows() + " vectors",
                        "remove the folder and curate again");
            }
            try (FileChannel channel = FileChannel.open(npy.file())) {
                ByteBuffer bytes =
                        channel.map(FileChannel.MapMode.READ_ONLY, npy.offset(), 4L * npy.rows() * npy.dimension());
                return new Shard(
                        keys,
                        npy.dimension(),
                        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
            }
        }
    }
}
