package org.dinobench.curator.dedup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.Ranks;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Neighbours;
import org.dinobench.faiss.Vectors;

/**
 * For every vector the lists whose centroids are nearest to it, the nearest (its home) first: the lists that it is
 * compared with.
 *
 * @param each lists of each vector
 * @param lists row by row
 */
record ListProbes(int each, char[] lists) {
    /** Part of the sample's pairs that must be within the lists that are visited. */
    private static final double WANTED = 0.995;

    private static final int LEAST = 8;
    private static final int MOST = 256;
    private static final int BLOCK = 65_536;

    /**
     * The least number of lists to visit for almost all pairs of a sample to be met: those whose one node has its home
     * among the lists nearest to the other.
     */
    static int needed(Vectors vectors, float[] centroids, QuerySample sample) {
        int lists = centroids.length / vectors.dimension();
        int depth = Math.min(MOST, lists);
        if (sample.pairs().isEmpty()) {
            return Math.min(LEAST, lists);
        }
        int[] nodes = sample.nodes();
        int[] found = new int[depth + 1];
        try (Vectors rows = Vectors.allocate(nodes.length, vectors.dimension());
                Vectors middles = Vectors.copyOf(centroids, vectors.dimension());
                Index index = Index.flatOf(middles, Metric.INNER_PRODUCT)) {
            rows.put(0, vectors, nodes);
            Neighbours nearest = index.search(rows, depth);
            for (Pair pair : sample.pairs()) {
                int a = java.util.Arrays.binarySearch(nodes, pair.first());
                int b = java.util.Arrays.binarySearch(nodes, pair.second());
                found[Math.min(rank(nearest, a, b), rank(nearest, b, a))]++;
            }
        }
        long wanted = (long) Math.ceil(WANTED * sample.pairs().size());
        long met = 0;
        for (int visited = 1; visited <= depth; visited++) {
            met += found[visited - 1];
            if (met >= wanted) {
                return Math.max(Math.min(LEAST, lists), visited);
            }
        }
        return depth;
    }

    /** Place of the home of {@code other} among the lists near {@code row}; {@code k} when it is not there. */
    private static int rank(Neighbours nearest, int row, int other) {
        long home = nearest.label(other, 0);
        for (int rank = 0; rank < nearest.k(); rank++) {
            if (nearest.label(row, rank) == home) {
                return rank;
            }
        }
        return nearest.k();
    }

    /** Finds the lists of all vectors; blocks that are finished in the work folder are read. */
    static ListProbes of(Vectors vectors, float[] centroids, int each, Path work, Ranks ranks, JobMonitor monitor)
            throws IOException {
        int rows = Math.toIntExact(vectors.rows());
        int blocks = (rows + BLOCK - 1) / BLOCK;
        monitor.begin("Finding the lists of each vector", rows / ranks.size());
        try (Vectors middles = Vectors.copyOf(centroids, vectors.dimension());
                Index index = Index.flatOf(middles, Metric.INNER_PRODUCT)) {
            for (int block = 0; block < blocks; block++) {
                int from = block * BLOCK;
                int count = Math.min(BLOCK, rows - from);
                if (!ranks.does(block)) {
                    continue;
                }
                if (Files.exists(file(work, block))) {
                    monitor.worked(count);
                } else {
                    write(file(work, block), index.search(vectors.slice(from, count), each, monitor));
                }
            }
        }
        ranks.barrier();
        char[] lists = new char[Math.multiplyExact(rows, each)];
        for (int block = 0; block < blocks; block++) {
            ByteBuffer.wrap(Files.readAllBytes(file(work, block)))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asCharBuffer()
                    .get(lists, block * BLOCK * each, Math.min(BLOCK, rows - block * BLOCK) * each);
        }
        return new ListProbes(each, lists);
    }

    private static Path file(Path work, int block) {
        return work.resolve(String.format("lists-%05d.bin", block));
    }

    private static void write(Path file, Neighbours nearest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * nearest.labels().length);
        for (long label : nearest.labels()) {
            bytes.write((int) label);
            bytes.write((int) (label >> 8));
        }
        AtomicFiles.write(file, bytes::writeTo);
    }

    /** The home of every vector. */
    char[] homes() {
        char[] homes = new char[lists.length / each];
        for (int row = 0; row < homes.length; row++) {
            homes[row] = lists[row * each];
        }
        return homes;
    }

    /** A list that a vector is compared with. @param rank 0 for its home, to {@code each} - 1 */
    int list(int row, int rank) {
        return lists[row * each + rank];
    }
}
