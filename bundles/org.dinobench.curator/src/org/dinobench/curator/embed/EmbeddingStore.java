package org.dinobench.curator.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Ranks;
import org.dinobench.faiss.VectorStore;
import org.dinobench.faiss.Vectors;

/**
 * The vectors of one embedder in {@code embeddings/<embedder>/}, found by the content hash of the image: an image that
 * is renamed keeps its vector, one that is changed gets a new one. Shards are only ever added, so a job that was
 * stopped or killed goes on after its last finished shard.
 */
public final class EmbeddingStore {
    /** Images in a shard: what a kill can cost, against the number of files of a large set. */
    public static final int SHARD_IMAGES = 1024;

    private final Path folder;
    private final Embedder embedder;
    private final Ranks ranks;
    private final List<EmbeddingShard> shards = new ArrayList<>();
    private final Map<String, Long> rows = new HashMap<>();
    private final Map<String, String> broken = new HashMap<>();
    private long rowCount;

    private EmbeddingStore(Path folder, Embedder embedder, Ranks ranks) {
        this.folder = folder;
        this.embedder = embedder;
        this.ranks = ranks;
    }

    /**
     * Opens the store of an embedder, making its folder when there is none.
     *
     * @param embeddings the folder of all embedders' folders
     * @throws org.dinobench.core.problem.BadInputException when a shard is damaged
     */
    public static EmbeddingStore open(Path embeddings, Embedder embedder) throws IOException {
        return open(embeddings, embedder, Ranks.ALONE);
    }

    /** As {@link #open(Path, Embedder)}. @param ranks the processes that embed together; all of them call the same */
    public static EmbeddingStore open(Path embeddings, Embedder embedder, Ranks ranks) throws IOException {
        Path folder = Files.createDirectories(embeddings.resolve(embedder.id()));
        EmbeddingStore store = new EmbeddingStore(folder, embedder, ranks);
        store.readShards();
        // Nobody may add shards before everybody has seen the same ones.
        ranks.barrier();
        return store;
    }

    /** Takes in the shards that came after those that are known. */
    private void readShards() throws IOException {
        for (int number = shards.size(); ; number++) {
            EmbeddingShard shard = EmbeddingShard.read(folder, number, embedder.id(), embedder.dimension());
            if (shard == null) {
                return;
            }
            add(shard);
        }
    }

    private void add(EmbeddingShard shard) {
        shards.add(shard);
        for (String key : shard.keys()) {
            rows.putIfAbsent(key, rowCount++);
        }
        broken.putAll(shard.broken());
    }

    /** The folder of this embedder. */
    public Path folder() {
        return folder;
    }

    /** Whether an image was looked at before, with a vector or without. */
    public boolean knows(String hash) {
        return rows.containsKey(hash) || broken.containsKey(hash);
    }

    /** Why an image has no vector; null when it has one or was never looked at. */
    public String brokenReason(String hash) {
        return broken.get(hash);
    }

    /** Number of images that {@link #embed} would look at. */
    public int missing(Collection<CurationImage> images) {
        return missingFiles(images).size();
    }

    private Map<String, Path> missingFiles(Collection<CurationImage> images) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (CurationImage image : images) {
            if (!knows(image.hash())) {
                files.putIfAbsent(image.hash(), image.file());
            }
        }
        return files;
    }

    /**
     * Embeds the images that have no vector yet, shard by shard.
     *
     * @return how many were embedded now
     * @throws org.dinobench.core.problem.StoppedException when stopped; finished shards stay
     */
    public int embed(Collection<CurationImage> images, JobMonitor monitor) throws IOException {
        Map<String, Path> files = missingFiles(images);
        monitor.begin("Embedding images with " + embedder.id(), files.size());
        List<String> keys = List.copyOf(files.keySet());
        int next = shards.size();
        for (int from = 0; from < keys.size(); from += SHARD_IMAGES, next++) {
            monitor.checkStopped();
            List<String> part = keys.subList(from, Math.min(keys.size(), from + SHARD_IMAGES));
            if (ranks.does(next)) {
                embedShard(next, part, files, monitor);
            }
        }
        ranks.barrier();
        readShards();
        ranks.barrier();
        return keys.size();
    }

    private void embedShard(int number, List<String> keys, Map<String, Path> files, JobMonitor monitor)
            throws IOException {
        float[][] vectors = new float[keys.size()][];
        Map<String, String> failures = new LinkedHashMap<>();
        embedder.embed(
                keys.stream().map(files::get).toList(), new Collector(keys, vectors, failures, monitor), monitor);
        Map<String, float[]> found = new LinkedHashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i] != null) {
                found.put(keys.get(i), vectors[i]);
            }
        }
        EmbeddingShard.write(folder, number, embedder.id(), embedder.dimension(), found, failures);
    }

    private record Collector(List<String> keys, float[][] vectors, Map<String, String> failures, JobMonitor monitor)
            implements Embedder.Sink {
        @Override
        public void vector(int index, float[] vector) {
            vectors[index] = vector.clone();
        }

        @Override
        public void broken(int index, String reason) {
            failures.put(keys.get(index), reason);
            monitor.message(reason);
        }
    }

    /** Compares every shard with its checksum. */
    public void verify(JobMonitor monitor) throws IOException {
        monitor.begin("Checking embeddings", shards.size());
        for (EmbeddingShard shard : shards) {
            monitor.checkStopped();
            shard.verify();
            monitor.worked(1);
        }
    }

    /** Different images with a vector among those asked for, in their order. */
    public List<String> withVector(Collection<CurationImage> images) {
        Set<String> keys = new LinkedHashSet<>();
        for (CurationImage image : images) {
            if (rows.containsKey(image.hash())) {
                keys.add(image.hash());
            }
        }
        return List.copyOf(keys);
    }

    /**
     * The vectors of some images in one block of memory; the caller closes it.
     *
     * @param hashes images that have a vector, at least one
     */
    public Vectors gather(List<String> hashes) throws IOException {
        long[] wanted = hashes.stream().mapToLong(this::row).toArray();
        try (VectorStore mapped =
                VectorStore.map(shards.stream().map(EmbeddingShard::vectors).toList())) {
            return mapped.gather(wanted);
        }
    }

    private long row(String hash) {
        Long row = rows.get(hash);
        if (row == null) {
            throw new IllegalArgumentException("No vector for image " + hash);
        }
        return row;
    }
}
