package org.dinobench.curator.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.CurationEstimate;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.dedup.NeighbourSearch;
import org.dinobench.curator.dedup.PairVerifier;
import org.dinobench.curator.embed.Embedder;
import org.dinobench.curator.embed.EmbeddingStore;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.faiss.Faiss;
import org.dinobench.faiss.FaissBench;

/** Predicts a curation from trials of a second: some images embedded, some pairs verified, some vectors multiplied. */
public final class Estimator {
    private static final int SAMPLE = 12;
    private static final int TRIAL_ROWS = 20_000;
    private static final int TRIAL_QUERIES = 1024;

    private final CurationSpec spec;

    public Estimator(CurationSpec spec) {
        this.spec = spec;
    }

    /**
     * Runs the trials.
     *
     * @param images at least one
     * @param embedder of the duplicates, or of the clusters when duplicates are not looked for
     */
    public CurationEstimate estimate(
            List<CurationImage> images, Embedder embedder, EmbeddingStore store, JobMonitor monitor) {
        monitor.begin("Trying out this machine", 3);
        long rows = images.stream().map(CurationImage::hash).distinct().count();
        int dimension = embedder.dimension();
        long vectors = rows * dimension * Float.BYTES;
        int missing = store.missing(images);
        double embed = missing * secondsPerImage(images, embedder, monitor);
        monitor.worked(1);
        double flops = multiplications(dimension);
        monitor.worked(1);
        NeighbourSearch.Options search = new NeighbourSearch.Options(
                spec.dedup().neighbours(), 0, spec.dedup().exactLimit(), spec.seed());
        boolean exact = rows <= search.exactLimit();
        double neighbours = spec.dedup().enabled() ? NeighbourSearch.products(rows, search) * dimension / flops : 0;
        Optional<PairVerifier> verifier =
                spec.dedup().enabled() && spec.dedup().verify() ? embedder.verifier() : Optional.empty();
        double verify = verifier.isEmpty()
                ? 0
                : rows
                        * (double) spec.dedup().verifyNeighbours().orElse(embedder.verifiedNeighbours())
                        * secondsPerPair(images, verifier.get())
                        / Runtime.getRuntime().availableProcessors();
        monitor.worked(1);
        int clusters = spec.cluster().enabled() ? spec.cluster().clustersFor((int) rows) : 0;
        double clustering =
                (double) rows * clusters * dimension * spec.cluster().iterations() / flops;
        long memory = vectors
                + (spec.dedup().enabled() ? NeighbourSearch.memoryBytes(rows, dimension, search) : 0)
                + 2L * clusters * dimension * Float.BYTES;
        return new CurationEstimate(
                images.size(), missing, vectors, memory, exact, clusters, embed, neighbours, verify, clustering);
    }

    /** Multiply-and-add a second of the flat search. */
    private static double multiplications(int dimension) {
        FaissBench.knn(TRIAL_ROWS, dimension, 8, TRIAL_QUERIES, Faiss.threads(), 1);
        FaissBench.Knn trial = FaissBench.knn(TRIAL_ROWS, dimension, 8, TRIAL_QUERIES, Faiss.threads(), 1);
        return (double) TRIAL_ROWS * TRIAL_QUERIES * dimension / trial.seconds();
    }

    private static double secondsPerImage(List<CurationImage> images, Embedder embedder, JobMonitor monitor) {
        List<Path> files = sample(images);
        Embedder.Sink nowhere = new Embedder.Sink() {
            @Override
            public void vector(int index, float[] vector) {
                // Only the time counts.
            }

            @Override
            public void broken(int index, String reason) {
                // Only the time counts.
            }
        };
        // The first pass warms up.
        embedder.embed(files, nowhere, new QuietMonitor(monitor));
        long start = System.nanoTime();
        embedder.embed(files, nowhere, new QuietMonitor(monitor));
        return (System.nanoTime() - start) / 1e9 / files.size();
    }

    private static double secondsPerPair(List<CurationImage> images, PairVerifier verifier) {
        List<Path> files = sample(images);
        verifyAll(files, verifier);
        long start = System.nanoTime();
        int pairs = verifyAll(files, verifier);
        return pairs == 0 ? 0 : (System.nanoTime() - start) / 1e9 / pairs;
    }

    private static int verifyAll(List<Path> files, PairVerifier verifier) {
        for (int i = 1; i < files.size(); i++) {
            verifier.same(files.get(i - 1), files.get(i), 0);
        }
        return files.size() - 1;
    }

    private static List<Path> sample(List<CurationImage> images) {
        int step = Math.max(1, images.size() / SAMPLE);
        return java.util.stream.IntStream.iterate(0, i -> i < images.size(), i -> i + step)
                .limit(SAMPLE)
                .mapToObj(i -> images.get(i).file())
                .toList();
    }
}
