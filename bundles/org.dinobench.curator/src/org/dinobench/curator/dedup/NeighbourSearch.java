package org.dinobench.curator.dedup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.Ranks;
import org.dinobench.faiss.Vectors;

/**
 * The nearest neighbours of every vector among all of them, by cosine and above a threshold. Two ways: comparing all
 * with all ({@link ExactNeighbours}), and beyond a size comparing within inverted lists ({@link ListNeighbours}), where
 * whether a pair is found is a matter of chance, never its similarity; how many are found is measured on a sample.
 */
public sealed interface NeighbourSearch extends AutoCloseable permits ExactNeighbours, ListNeighbours {
    /**
     * What to look for.
     *
     * @param neighbours of each vector at most, at least 1
     * @param threshold least cosine of a pair
     * @param exactLimit number of vectors up to which all are compared with all
     * @param seed of samples and starts
     */
    record Options(int neighbours, double threshold, int exactLimit, int seed) {}

    /**
     * What was found for one block of queries.
     *
     * @param pairs those above the threshold; a pair can come from the blocks of both its nodes
     * @param nearest every query with its nearest other vector, above the threshold or not; empty where the search
     *     does not tell
     */
    record Found(PairList pairs, List<Pair> nearest) {}

    /**
     * Prepares the search.
     *
     * @param vectors of length 1, at least one; not closed by this object and needed as long as it
     * @param work a folder for what the preparation can leave to a later run
     */
    static NeighbourSearch over(Vectors vectors, Options options, Path work, Ranks ranks, JobMonitor monitor)
            throws IOException {
        return vectors.rows() <= options.exactLimit()
                ? new ExactNeighbours(vectors, options)
                : ListNeighbours.over(vectors, options, work, ranks, monitor);
    }

    /** Native memory of a search at its peak, the vectors themselves not counted, bytes. */
    static long memoryBytes(long rows, int dimension, Options options) {
        long copy = rows * dimension * Float.BYTES;
        return rows <= options.exactLimit() ? copy : copy + ListNeighbours.heapBytes(rows, options);
    }

    /** Multiplications of two vectors that a search takes, about. */
    static double products(long rows, Options options) {
        return rows <= options.exactLimit() ? (double) rows * rows : ListNeighbours.products(rows);
    }

    /** Number of blocks of queries. */
    int blocks();

    /** Searches one block; a stage of its own begins. @param monitor {@code worked(1)} for each query */
    Found search(int block, JobMonitor monitor);

    /** Some vectors with their nearest other ones, where {@link #search} does not tell them; otherwise empty. */
    List<Pair> sampled();

    /** The part of the pairs above the threshold that was found, measured on a sample; 1 when exact. */
    double recall(PairList found);

    @Override
    void close();
}
