package org.dinobench.curator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.Ranks;
import org.dinobench.curator.cluster.Clusters;
import org.dinobench.curator.cluster.SphericalKMeans;
import org.dinobench.curator.dedup.DuplicateSearch;
import org.dinobench.curator.dedup.Pair;
import org.dinobench.curator.dedup.UnionFind;
import org.dinobench.faiss.Faiss;
import org.dinobench.faiss.VectorStore;
import org.dinobench.faiss.Vectors;

/**
 * Deduplicates and clusters made-up vectors as a curation does, without the images: what curation costs as a set grows.
 * Goes on where an earlier process with the same knobs was killed.
 */
public final class CurateBench {
    private final CurateKnobs knobs;
    private final Path work;
    private final Ranks ranks;

    /**
     * @param work a folder for the vectors and for finished work, that belongs to these knobs alone
     * @param ranks the processes that measure together
     */
    public CurateBench(CurateKnobs knobs, Path work, Ranks ranks) {
        this.knobs = knobs;
        this.work = work;
        this.ranks = ranks;
    }

    /** Runs all of it. @param monitor is told the memory before anything is allocated */
    public CurateFigures run(JobMonitor monitor) throws IOException {
        long memory = knobs.memoryBytes();
        monitor.message(String.format(
                java.util.Locale.ROOT, "This takes about %.1f GiB of native memory.", memory / (double) (1 << 30)));
        boolean resumed = Files.exists(work.resolve("vectors"));
        int threads = Faiss.threads();
        Faiss.setThreads(knobs.threads());
        try {
            long start = System.nanoTime();
            MadeUpVectors made = new MadeUpVectors(knobs);
            if (ranks.first()) {
                made.write(work.resolve("vectors"), monitor);
            }
            ranks.barrier();
            List<Path> files = made.write(work.resolve("vectors"), monitor);
            double writing = seconds(start);
            return measure(files, memory, resumed, writing, monitor);
        } finally {
            Faiss.setThreads(threads);
        }
    }

    private CurateFigures measure(List<Path> files, long memory, boolean resumed, double writing, JobMonitor monitor)
            throws IOException {
        long start = System.nanoTime();
        double cpu = ProcessUse.cpuSeconds();
        Vectors kept;
        DuplicateSearch.Result result;
        long[] planted;
        double searching;
        double searchingCpu;
        try (Vectors vectors = read(files)) {
            result = new DuplicateSearch(knobs.search(), pair -> true, null, work.resolve("dedup"), ranks)
                    .run(vectors, Collections.nCopies(knobs.vectors(), work), monitor);
            searching = seconds(start);
            searchingCpu = ProcessUse.cpuSeconds() - cpu;
            planted = planted(vectors, result);
            kept = representatives(vectors, result);
        }
        try (Vectors points = kept) {
            start = System.nanoTime();
            cpu = ProcessUse.cpuSeconds();
            Clusters clusters = new SphericalKMeans(work.resolve("cluster"), ranks)
                    .run(points, knobs.clusters(), knobs.iterations(), knobs.seed(), "level0", monitor);
            double clustering = seconds(start);
            double clusteringCpu = ProcessUse.cpuSeconds() - cpu;
            double sum = 0;
            for (float similarity : clusters.similarity()) {
                sum += similarity;
            }
            return new CurateFigures(
                    resumed,
                    memory,
                    writing,
                    searching,
                    clustering,
                    searchingCpu,
                    clusteringCpu,
                    result.pairs().size(),
                    result.recall(),
                    planted[0],
                    planted[1],
                    (int) points.rows(),
                    sum / points.rows(),
                    (int) clusters.members().stream().filter(List::isEmpty).count(),
                    ProcessUse.peakBytes());
        }
    }

    private static Vectors read(List<Path> files) throws IOException {
        try (VectorStore mapped = VectorStore.map(files)) {
            return mapped.gatherAll();
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Copies with a cosine above the threshold, and those of them that were found. */
    private long[] planted(Vectors vectors, DuplicateSearch.Result result) {
        long all = 0;
        long found = 0;
        for (int row = 0; row < knobs.vectors(); row++) {
            int original = MadeUpVectors.originalOf(row);
            if (original >= 0 && cosine(vectors.get(row), vectors.get(original)) >= knobs.threshold()) {
                all++;
                found += result.pairs().contains(row, original) ? 1 : 0;
            }
        }
        return new long[] {all, found};
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private Vectors representatives(Vectors vectors, DuplicateSearch.Result result) {
        UnionFind components = new UnionFind(knobs.vectors());
        for (Pair pair : result.pairs()) {
            components.join(pair.first(), pair.second());
        }
        int[] rows = java.util.stream.IntStream.range(0, knobs.vectors())
                .filter(row -> components.find(row) == row)
                .toArray();
        Vectors kept = Vectors.allocate(rows.length, knobs.dimension());
        kept.put(0, vectors, rows);
        return kept;
    }
}
