package org.dinobench.curator.bench;

import org.dinobench.core.problem.BadInputException;
import org.dinobench.curator.dedup.NeighbourSearch;

/**
 * What a measurement of curation does.
 *
 * @param vectors number of vectors, at least 100
 * @param dimension of the vectors, at least 2
 * @param clusters of the vectors that stay after deduplication
 * @param iterations passes of k-means
 * @param neighbours of each vector that are looked at
 * @param threshold least cosine of two copies
 * @param exactLimit number of vectors up to which all are compared with all
 * @param threads used
 * @param seed of the vectors and of everything drawn by chance
 */
public record CurateKnobs(
        int vectors,
        int dimension,
        int clusters,
        int iterations,
        int neighbours,
        double threshold,
        int exactLimit,
        int threads,
        int seed) {
    /** Checks the ranges. */
    public CurateKnobs {
        check("--n", vectors, 100);
        check("--d", dimension, 2);
        check("--clusters", clusters, 1);
        check("--iterations", iterations, 1);
        check("--neighbours", neighbours, 1);
        check("--exact-limit", exactLimit, 1);
        check("--threads", threads, 1);
        if (!(threshold > 0 && threshold < 1)) {
            throw new BadInputException(
                    "--threshold", threshold + " is no cosine of copies", "give 0 to 1, such as 0.6");
        }
        if (clusters > vectors / 2) {
            throw new BadInputException(
                    "--clusters", clusters + " clusters of " + vectors + " vectors", "use fewer clusters");
        }
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new BadInputException(name, value + " is too small", "give " + least + " or more");
        }
    }

    NeighbourSearch.Options search() {
        return new NeighbourSearch.Options(neighbours, threshold, exactLimit, seed);
    }

    /**
     * Native memory at the peak, bytes: the vectors, and the larger of what the search needs and of the copy of those
     * that stay, with their centroids twice. The Java heap comes on top.
     */
    public long memoryBytes() {
        long all = (long) vectors * dimension * Float.BYTES;
        long clustering = all + 2L * clusters * dimension * Float.BYTES;
        return all + Math.max(NeighbourSearch.memoryBytes(vectors, dimension, search()), clustering);
    }
}
