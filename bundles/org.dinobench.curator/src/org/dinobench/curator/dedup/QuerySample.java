package org.dinobench.curator.dedup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.Ranks;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Neighbours;
import org.dinobench.faiss.Vectors;

/**
 * A sample of the vectors with their exact neighbours among all: by it the lists are set up, their recall is measured
 * and the histogram of similarities is drawn.
 *
 * @param pairs of a sampled vector and one of its k nearest, above the threshold
 * @param nearest every sampled vector with its nearest other one
 */
record QuerySample(PairList pairs, List<Pair> nearest) {
    /** Vectors in the sample. */
    static final int SIZE = 2048;

    /** Rows that are indexed at a time: the sample needs no second copy of all vectors. */
    private static final int BLOCK = 65_536;

    /** Different rows in rising order, all of them when there are not more. */
    static int[] rows(long rows, int count, long seed) {
        int wanted = (int) Math.min(rows, count);
        int[] chosen = new int[wanted];
        SplittableRandom random = new SplittableRandom(seed);
        int taken = 0;
        for (int row = 0; taken < wanted; row++) {
            if (random.nextDouble() * (rows - row) < wanted - taken) {
                chosen[taken++] = row;
            }
        }
        return chosen;
    }

    /** Reads what an earlier run left, or searches; the first of several processes does it for all. */
    static QuerySample of(Vectors vectors, NeighbourSearch.Options options, Path work, Ranks ranks, JobMonitor monitor)
            throws IOException {
        PairFiles pairFiles = new PairFiles(work, "sample");
        PairFiles nearestFiles = new PairFiles(work, "sample-nearest");
        if (ranks.first() && !(pairFiles.has(0) && nearestFiles.has(0))) {
            QuerySample sample = search(vectors, options, monitor);
            nearestFiles.write(0, sample.nearest());
            pairFiles.write(0, sample.pairs());
        }
        ranks.barrier();
        return new QuerySample(pairFiles.read(0), nearestFiles.readAll(0));
    }

    private static QuerySample search(Vectors vectors, NeighbourSearch.Options options, JobMonitor monitor) {
        int[] rows = rows(vectors.rows(), SIZE, options.seed() + 1L);
        monitor.begin("Comparing a sample with all", vectors.rows());
        int k = options.neighbours();
        NearestPairs best = new NearestPairs(rows.length, k);
        try (Vectors queries = Vectors.allocate(rows.length, vectors.dimension())) {
            queries.put(0, vectors, rows);
            for (long from = 0; from < vectors.rows(); from += BLOCK) {
                monitor.checkStopped();
                int count = (int) Math.min(BLOCK, vectors.rows() - from);
                try (Index index = Index.flatOf(vectors.slice(from, count), Metric.INNER_PRODUCT)) {
                    int wanted = Math.min(k + 1, count);
                    Neighbours found = index.search(queries, wanted);
                    for (int query = 0; query < rows.length; query++) {
                        for (int rank = 0; rank < wanted; rank++) {
                            int node = (int) (from + found.label(query, rank));
                            if (node != rows[query]) {
                                best.offer(query, node, found.score(query, rank));
                            }
                        }
                    }
                }
                monitor.worked(count);
            }
        }
        PairList all = best.pairs(rows);
        List<Pair> above = all.stream()
                .filter(pair -> pair.similarity() >= options.threshold())
                .toList();
        return new QuerySample(PairList.of(above), best.nearest(rows));
    }

    /** The part of the sample's pairs that are among those found; 1 when the sample has none. */
    double recall(PairList found) {
        long hits = pairs.stream()
                .filter(pair -> found.contains(pair.first(), pair.second()))
                .count();
        return pairs.isEmpty() ? 1 : hits / (double) pairs.size();
    }

    /** The nodes of all pairs, each once. */
    int[] nodes() {
        return pairs.stream()
                .flatMap(pair -> List.of(pair.first(), pair.second()).stream())
                .mapToInt(Integer::intValue)
                .sorted()
                .distinct()
                .toArray();
    }
}
