package org.dinobench.curator.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.IndexDescription;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Neighbours;
import org.dinobench.faiss.Vectors;

/**
 * The k nearest neighbours of every vector among all of them, by cosine: exactly up to a size, and beyond it in inverted
 * lists that hold the exact vectors, so that only whether a neighbour is found is a matter of chance, never its
 * similarity. The recall of the lists is measured on a sample.
 */
public final class NeighbourSearch implements AutoCloseable {
    /** From here on, comparing all with all takes longer than lists. */
    public static final int EXACT_LIMIT = 200_000;

    /** Queries between two looks at the monitor, and in one file of a resumable job. */
    public static final int BLOCK = 16_384;

    private static final int TRAINING_PER_LIST = 64;
    private static final int RECALL_SAMPLE = 1000;

    private final Vectors vectors;
    private final Index index;
    private final int lists;

    private NeighbourSearch(Vectors vectors, Index index, int lists) {
        this.vectors = vectors;
        this.index = index;
        this.lists = lists;
    }

    /**
     * Builds the index.
     *
     * @param vectors of length 1, at least one; not closed by this object and needed as long as it
     * @param exactLimit number of vectors up to which the search is exact
     * @param seed of the training sample
     */
    public static NeighbourSearch over(Vectors vectors, int exactLimit, long seed, JobMonitor monitor) {
        monitor.begin("Building the search index", -1);
        if (vectors.rows() <= exactLimit) {
            return new NeighbourSearch(vectors, Index.flatOf(vectors, Metric.INNER_PRODUCT), 0);
        }
        int lists = listsFor(vectors.rows());
        Index index = Index.create(vectors.dimension(), IndexDescription.ivfFlat(lists), Metric.INNER_PRODUCT);
        try {
            try (Vectors training = sample(vectors, (long) lists * TRAINING_PER_LIST, seed)) {
                index.train(training);
            }
            for (long from = 0; from < vectors.rows(); from += BLOCK) {
                monitor.checkStopped();
                index.add(vectors.slice(from, Math.min(BLOCK, vectors.rows() - from)));
            }
            index.setProbes(probesFor(lists));
            return new NeighbourSearch(vectors, index, lists);
        } catch (RuntimeException | Error e) {
            index.close();
            throw e;
        }
    }

    /** Lists of an inverted file over so many vectors: four times the root. */
    public static int listsFor(long rows) {
        return (int) Math.min(65_536, Math.max(1, Math.round(4 * Math.sqrt(rows))));
    }

    /** A hundredth of the lists, at least 32: near-duplicates are mostly in the same list or the next. */
    public static int probesFor(int lists) {
        return Math.min(lists, Math.max(32, lists / 100));
    }

    private static Vectors sample(Vectors vectors, long count, long seed) {
        long rows = vectors.rows();
        long wanted = Math.min(rows, count);
        Vectors chosen = Vectors.allocate(wanted, vectors.dimension());
        SplittableRandom random = new SplittableRandom(seed);
        float[] row = new float[vectors.dimension()];
        long taken = 0;
        for (long i = 0; taken < wanted; i++) {
            if (random.nextDouble() * (rows - i) < wanted - taken) {
                vectors.get(i, row);
                chosen.put(taken++, row);
            }
        }
        return chosen;
    }

    /** Whether every neighbour is found. */
    public boolean exact() {
        return lists == 0;
    }

    /** Number of blocks of queries that all vectors make. */
    public int blocks() {
        return Math.toIntExact((vectors.rows() + BLOCK - 1) / BLOCK);
    }

    /**
     * Pairs of one block of queries, each with its smaller node first, sorted; a pair can come from both of its blocks.
     *
     * @param block 0 to {@link #blocks()} - 1
     * @param k neighbours of each vector, itself not counted
     * @param threshold least similarity of a pair
     * @param best told of the similarity of every vector to its nearest other one
     */
    public List<Pair> pairs(int block, int k, double threshold, Consumer<Pair> best, JobMonitor monitor) {
        long from = (long) block * BLOCK;
        int count = (int) Math.min(BLOCK, vectors.rows() - from);
        int wanted = (int) Math.min(k + 1L, vectors.rows());
        Neighbours found = index.search(vectors.slice(from, count), wanted, monitor);
        List<Pair> pairs = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            int node = (int) (from + row);
            boolean first = true;
            for (int rank = 0; rank < wanted; rank++) {
                int other = (int) found.label(row, rank);
                if (other < 0 || other == node) {
                    continue;
                }
                float similarity = found.score(row, rank);
                Pair pair = new Pair(Math.min(node, other), Math.max(node, other), similarity);
                if (first) {
                    best.accept(pair);
                    first = false;
                }
                if (similarity >= threshold) {
                    pairs.add(pair);
                }
            }
        }
        pairs.sort(null);
        return pairs;
    }

    /**
     * The part of the pairs above a threshold that this search finds, measured on a sample of queries against exact
     * search; 1 when exact or when the sample has no such pair.
     */
    public double recall(int k, double threshold, long seed) {
        if (exact()) {
            return 1;
        }
        long found = 0;
        long all = 0;
        try (Vectors queries = sample(vectors, RECALL_SAMPLE, seed);
                Index flat = Index.flatOf(vectors, Metric.INNER_PRODUCT)) {
            int wanted = (int) Math.min(k + 1L, vectors.rows());
            Neighbours exact = flat.search(queries, wanted);
            Neighbours fast = index.search(queries, wanted);
            for (int row = 0; row < exact.rows(); row++) {
                long[] labels = Arrays.copyOfRange(fast.labels(), row * wanted, (row + 1) * wanted);
                Arrays.sort(labels);
                for (int rank = 0; rank < wanted; rank++) {
                    // The vector itself is always found and would only flatter.
                    if (exact.score(row, rank) >= threshold && rank > 0) {
                        all++;
                        found += Arrays.binarySearch(labels, exact.label(row, rank)) >= 0 ? 1 : 0;
                    }
                }
            }
        }
        return all == 0 ? 1 : found / (double) all;
    }

    @Override
    public void close() {
        index.close();
    }
}
