package org.dinobench.curator.dedup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.curator.Ranks;
import org.dinobench.curator.cluster.SphericalKMeans;
import org.dinobench.faiss.Faiss;
import org.dinobench.faiss.RangeResult;
import org.dinobench.faiss.Vectors;

/**
 * Compares every vector with those in the lists nearest to it. Similarities are exact: the lists hold the vectors
 * themselves. Queries come in the order of their lists, so that many of them visit the same ones and are compared by
 * matrix multiplication; an inverted file that scans its lists query by query took thirty times as long for each
 * comparison. How many lists are visited follows from a sample whose neighbours are known.
 */
final class ListNeighbours implements NeighbourSearch {
    /** Queries in one file of a resumable job. */
    private static final int BLOCK = 65_536;

    private static final int TRAINING_PER_LIST = 32;
    private static final int TRAINING_PASSES = 8;

    /** Lists that are visited on data of the usual kind; for the estimate only. */
    private static final int USUAL_PROBES = 32;

    /** Results that a comparison may bring at a time, and so the memory that dense lists may take. */
    private static final int RESULTS = 1 << 22;

    private static final int MOST_QUERIES = 8192;

    private final Vectors vectors;
    private final Options options;
    private final QuerySample sample;
    private final ListProbes probes;
    private final ExecutorService workers;
    private VectorLists lists;

    private ListNeighbours(Vectors vectors, Options options, QuerySample sample, ListProbes probes) {
        this.vectors = vectors;
        this.options = options;
        this.sample = sample;
        this.probes = probes;
        this.workers = Executors.newFixedThreadPool(Faiss.threads(), work -> {
            Thread thread = new Thread(work, "dinobench-neighbours");
            thread.setDaemon(true);
            return thread;
        });
    }

    static ListNeighbours over(Vectors vectors, Options options, Path work, Ranks ranks, JobMonitor monitor)
            throws IOException {
        QuerySample sample = QuerySample.of(vectors, options, work, ranks, monitor);
        int count = listsFor(vectors.rows());
        float[] centroids;
        int[] rows = QuerySample.rows(vectors.rows(), count * TRAINING_PER_LIST, options.seed());
        try (Vectors training = Vectors.allocate(rows.length, vectors.dimension())) {
            training.put(0, vectors, rows);
            centroids = new SphericalKMeans(work, ranks)
                    .centroids(training, count, TRAINING_PASSES, options.seed(), "lists", monitor);
        }
        int each = ListProbes.needed(vectors, centroids, sample);
        monitor.message("Each image is compared with those in " + each + " of " + count + " lists.");
        ListProbes probes = ListProbes.of(vectors, centroids, each, work, ranks, monitor);
        return new ListNeighbours(vectors, options, sample, probes);
    }

    /** Lists for so many vectors: four times the root, at most what 16 bits can name. */
    static int listsFor(long rows) {
        return (int) Math.min(65_535, Math.max(1, Math.round(4 * Math.sqrt(rows))));
    }

    /** Native memory besides the copy of the vectors in lists, bytes. */
    static long heapBytes(long rows, Options options) {
        long training = (long) listsFor(rows) * TRAINING_PER_LIST;
        return 8L * BLOCK * options.neighbours() + training * Long.BYTES;
    }

    /** Products of the sample, of the training, of finding the lists and of comparing within them. */
    static double products(long rows) {
        double lists = listsFor(rows);
        return rows * (QuerySample.SIZE + lists + USUAL_PROBES * rows / lists)
                + lists * TRAINING_PER_LIST * lists * TRAINING_PASSES;
    }

    @Override
    public int blocks() {
        return Math.toIntExact((vectors.rows() + BLOCK - 1) / BLOCK);
    }

    @Override
    public Found search(int block, JobMonitor monitor) {
        if (lists == null) {
            // Not before: where all blocks are finished, nobody needs them.
            lists = new VectorLists(vectors, probes.homes(), listsFor(vectors.rows()), monitor);
        }
        monitor.begin("Searching neighbours, part " + (block + 1) + " of " + blocks(), BLOCK);
        int from = block * BLOCK;
        int[] queries = lists.queries(from, (int) Math.min(BLOCK, vectors.rows() - from));
        NearestPairs best = new NearestPairs(queries.length, options.neighbours());
        List<int[]> visitors = visitors(queries);
        Deque<Future<Visit>> running = new ArrayDeque<>();
        long pairs = (long) queries.length * probes.each();
        long met = 0;
        int reported = 0;
        for (int list = 0; list < visitors.size() || !running.isEmpty(); list++) {
            if (list < visitors.size() && visitors.get(list).length > 0) {
                int here = list;
                running.add(workers.submit(() -> compare(here, queries, visitors.get(here), monitor)));
            }
            // Results wait here until they are merged: few at a time.
            while (running.size() > (list < visitors.size() ? 4 * Faiss.threads() : 0)) {
                Visit visit = await(running.remove());
                best.offerAll(visit.found(), visit.visitors());
                met += visit.visitors().length;
                int done = (int) (met * queries.length / pairs);
                monitor.worked(done - reported);
                reported = done;
            }
        }
        return new Found(best.pairs(queries), List.of());
    }

    /** For each list the places of the queries that visit it. */
    private List<int[]> visitors(int[] queries) {
        int count = listsFor(vectors.rows());
        int[] sizes = new int[count];
        for (int query : queries) {
            for (int rank = 0; rank < probes.each(); rank++) {
                sizes[probes.list(query, rank)]++;
            }
        }
        List<int[]> visitors = new ArrayList<>(count);
        for (int list = 0; list < count; list++) {
            visitors.add(new int[sizes[list]]);
            sizes[list] = 0;
        }
        for (int place = 0; place < queries.length; place++) {
            for (int rank = 0; rank < probes.each(); rank++) {
                int list = probes.list(queries[place], rank);
                visitors.get(list)[sizes[list]++] = place;
            }
        }
        return visitors;
    }

    /** What a list gave to the queries, named by their places, that visited it. */
    private record Visit(NearestPairs found, int[] visitors) {}

    private Visit compare(int list, int[] queries, int[] visitors, JobMonitor monitor) {
        int size = lists.size(list);
        NearestPairs best = new NearestPairs(visitors.length, Math.min(options.neighbours(), Math.max(1, size)));
        int step = Math.max(1, Math.min(MOST_QUERIES, RESULTS / Math.max(1, size)));
        for (int from = 0; from < visitors.length && size > 0; from += step) {
            monitor.checkStopped();
            int[] rows = new int[Math.min(step, visitors.length - from)];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = queries[visitors[from + i]];
            }
            try (Vectors block = Vectors.allocate(rows.length, vectors.dimension())) {
                block.put(0, vectors, rows);
                RangeResult found = lists.index(list)
                        .rangeSearch(block, Math.nextDown((float) options.threshold()), rows.length * size);
                offer(best, from, rows, found, list);
            }
        }
        return new Visit(best, visitors);
    }

    private void offer(NearestPairs best, int from, int[] rows, RangeResult found, int list) {
        for (int i = 0; i < rows.length; i++) {
            for (int hit = (int) found.limits()[i]; hit < found.limits()[i + 1]; hit++) {
                int node = lists.member(list, found.labels()[hit]);
                if (node != rows[i] && found.scores()[hit] >= options.threshold()) {
                    best.offer(from + i, node, found.scores()[hit]);
                }
            }
        }
    }

    private static Visit await(Future<Visit> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Stopped while searching neighbours");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("Searching neighbours failed", e.getCause());
        }
    }

    @Override
    public List<Pair> sampled() {
        return sample.nearest();
    }

    @Override
    public double recall(PairList found) {
        return sample.recall(found);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        try {
            // The indexes must not be closed under a comparison that still runs.
            workers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (lists != null) {
            lists.close();
        }
    }
}
