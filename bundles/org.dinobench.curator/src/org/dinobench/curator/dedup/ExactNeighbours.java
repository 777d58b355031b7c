package org.dinobench.curator.dedup;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Neighbours;
import org.dinobench.faiss.Vectors;

/** Compares all vectors with all. */
final class ExactNeighbours implements NeighbourSearch {
    /** Queries in one file of a resumable job. */
    private static final int BLOCK = 16_384;

    private final Vectors vectors;
    private final Options options;
    private Index index;

    ExactNeighbours(Vectors vectors, Options options) {
        this.vectors = vectors;
        this.options = options;
    }

    @Override
    public int blocks() {
        return Math.toIntExact((vectors.rows() + BLOCK - 1) / BLOCK);
    }

    @Override
    public Found search(int block, JobMonitor monitor) {
        if (index == null) {
            // Not before: where all blocks are finished, nobody needs it.
            monitor.begin("Building the search index", -1);
            index = Index.flatOf(vectors, Metric.INNER_PRODUCT);
        }
        long from = (long) block * BLOCK;
        int count = (int) Math.min(BLOCK, vectors.rows() - from);
        monitor.begin("Searching neighbours, part " + (block + 1) + " of " + blocks(), count);
        int wanted = (int) Math.min(options.neighbours() + 1L, vectors.rows());
        Neighbours found = index.search(vectors.slice(from, count), wanted, monitor);
        List<Pair> pairs = new ArrayList<>();
        List<Pair> nearest = new ArrayList<>();
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
                    nearest.add(pair);
                    first = false;
                }
                if (similarity >= options.threshold()) {
                    pairs.add(pair);
                }
            }
        }
        return new Found(PairList.of(pairs), nearest);
    }

    @Override
    public List<Pair> sampled() {
        return List.of();
    }

    @Override
    public double recall(PairList found) {
        return 1;
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
        }
    }
}
