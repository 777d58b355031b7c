package org.dinobench.curator.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Ranks;
import org.dinobench.curator.Reviews;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.dedup.DuplicateGroups;
import org.dinobench.curator.dedup.DuplicateSearch;
import org.dinobench.curator.dedup.NeighbourSearch;
import org.dinobench.curator.dedup.Pair;
import org.dinobench.curator.dedup.PairVerifier;
import org.dinobench.curator.embed.Embedder;
import org.dinobench.curator.embed.EmbeddingStore;
import org.dinobench.curator.spec.DedupSpec;
import org.dinobench.faiss.Vectors;

/** Finds the groups of copies among the images of a data set, and with those of reference sets. */
public final class DuplicateStage {
    private final DedupSpec spec;
    private final int seed;
    private final WorkFolders work;
    private final Reviews reviews;
    private final Ranks ranks;

    public DuplicateStage(DedupSpec spec, int seed, WorkFolders work, Reviews reviews, Ranks ranks) {
        this.ranks = ranks;
        this.reviews = reviews;
        this.spec = spec;
        this.seed = seed;
        this.work = work;
    }

    /**
     * What was found.
     *
     * @param groups equal files and near-duplicates
     * @param search the search for near-duplicates; null when it was not wanted or there was one image
     * @param nodes content hashes that the pairs of the search number
     * @param threshold least cosine that was used
     * @param similarity by image id, cosine with the representative of its group
     */
    public record Outcome(
            DuplicateGroups groups,
            DuplicateSearch.Result search,
            List<String> nodes,
            double threshold,
            Map<Long, Double> similarity) {}

    /**
     * Runs the stage; the images and references are embedded already.
     *
     * @param references images of reference sets
     */
    public Outcome run(
            List<CurationImage> images,
            List<CurationImage> references,
            Embedder embedder,
            EmbeddingStore store,
            JobMonitor monitor)
            throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        references.forEach(image -> names.putIfAbsent(image.hash(), image.path()));
        List<String> pool = store.withVector(images);
        Set<String> all = new LinkedHashSet<>(pool);
        all.addAll(store.withVector(references));
        List<String> nodes = List.copyOf(all);
        double threshold = spec.threshold().orElse(embedder.duplicateThreshold());
        if (!spec.enabled() || nodes.size() < 2) {
            DuplicateGroups groups = DuplicateGroups.of(images, nodes, List.of(), names);
            return new Outcome(groups, null, nodes, threshold, similarities(groups, Map.of(), null));
        }
        try (Vectors vectors = store.gather(nodes)) {
            DuplicateSearch.Result result =
                    search(vectors, nodes, pool.size(), files(nodes, images, references), embedder, monitor);
            // Reviews are applied to what was found, not before, so that a review costs no new search.
            List<Pair> pairs = result.pairs().stream()
                    .filter(pair -> !reviews.areApart(nodes.get(pair.first()), nodes.get(pair.second())))
                    .toList();
            DuplicateGroups groups = DuplicateGroups.of(images, nodes, pairs, names);
            Map<String, Integer> rows = new HashMap<>();
            nodes.forEach(hash -> rows.put(hash, rows.size()));
            return new Outcome(groups, result, nodes, threshold, similarities(groups, rows, vectors));
        }
    }

    private DuplicateSearch.Result search(
            Vectors vectors, List<String> nodes, int pool, List<Path> files, Embedder embedder, JobMonitor monitor)
            throws IOException {
        double threshold = spec.threshold().orElse(embedder.duplicateThreshold());
        // A threshold that a person chose holds for both, unless they chose two.
        double leak = spec.referenceThreshold()
                .orElse(spec.threshold().isPresent() ? threshold : embedder.referenceThreshold());
        PairVerifier verifier = spec.verify() ? embedder.verifier().orElse(null) : null;
        int verified = spec.verifyNeighbours().orElse(embedder.verifiedNeighbours());
        NeighbourSearch.Options options = new NeighbourSearch.Options(
                verifier == null ? spec.neighbours() : Math.min(spec.neighbours(), verified),
                pool == nodes.size() ? threshold : Math.min(threshold, leak),
                spec.exactLimit(),
                seed);
        String description = embedder.id() + " " + options + " " + threshold + " " + leak + " " + pool + " "
                + (verifier == null ? "" : verifier.id());
        Path folder = work.folder("dedup", Fingerprint.of(description, nodes));
        return new DuplicateSearch(options, pair -> wanted(pair, pool, threshold, leak), verifier, folder, ranks)
                .run(vectors, files, monitor);
    }

    /** Pairs inside a reference set say nothing about the pool. */
    private static boolean wanted(Pair pair, int pool, double threshold, double leak) {
        if (pair.first() >= pool) {
            return false;
        }
        return pair.similarity() >= (pair.second() >= pool ? leak : threshold);
    }

    private static List<Path> files(List<String> nodes, List<CurationImage> images, List<CurationImage> references) {
        Map<String, Path> byHash = new HashMap<>();
        references.forEach(image -> byHash.putIfAbsent(image.hash(), image.file()));
        images.forEach(image -> byHash.putIfAbsent(image.hash(), image.file()));
        List<Path> files = new ArrayList<>(nodes.size());
        nodes.forEach(hash -> files.add(byHash.get(hash)));
        return files;
    }

    private static Map<Long, Double> similarities(DuplicateGroups groups, Map<String, Integer> rows, Vectors vectors) {
        Map<Long, Double> similarities = new HashMap<>();
        for (DuplicateGroup group : groups.groups()) {
            String first = group.representative().hash();
            for (CurationImage member : group.members()) {
                double similarity = 1;
                if (!member.hash().equals(first)) {
                    similarity = product(vectors.get(rows.get(first)), vectors.get(rows.get(member.hash())));
                }
                similarities.put(member.id(), similarity);
            }
        }
        return similarities;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return Math.max(-1, Math.min(1, sum));
    }
}
