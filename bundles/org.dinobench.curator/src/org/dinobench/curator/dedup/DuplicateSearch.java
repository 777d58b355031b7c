package org.dinobench.curator.dedup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.Vectors;

/**
 * Finds the pairs of images that show the same picture: neighbours by cosine above a threshold, each confirmed by a
 * verifier where there is one. Work is kept block by block and goes on where it was killed.
 */
public final class DuplicateSearch {
    private static final int VERIFY_BLOCK = 2048;
    private static final int VERIFY_STEP = 64;

    private final Options options;
    private final Predicate<Pair> wanted;
    private final PairVerifier verifier;
    private final Path work;

    /**
     * How to search.
     *
     * @param neighbours of each image that are looked at, at least 1
     * @param threshold least cosine of a candidate, or of a pair where nothing verifies
     * @param exactLimit number of images up to which the neighbours are exact
     * @param seed of samples
     */
    public record Options(int neighbours, double threshold, int exactLimit, long seed) {}

    /**
     * What was found.
     *
     * @param candidates pairs above the threshold
     * @param pairs those confirmed, sorted
     * @param histogram similarities of nearest neighbours; of the blocks that this process searched
     * @param recall part of the candidates that the search finds, measured on a sample
     */
    public record Result(long candidates, List<Pair> pairs, SimilarityHistogram histogram, double recall) {}

    /**
     * @param wanted which pairs above the threshold are candidates
     * @param verifier null when the threshold decides alone
     * @param work a folder that belongs to these images and options alone
     */
    public DuplicateSearch(Options options, Predicate<Pair> wanted, PairVerifier verifier, Path work) {
        this.options = options;
        this.wanted = wanted;
        this.verifier = verifier;
        this.work = work;
    }

    /**
     * Searches.
     *
     * @param vectors of length 1, one for each file
     * @param files node by node
     */
    public Result run(Vectors vectors, List<Path> files, JobMonitor monitor) throws IOException {
        SimilarityHistogram histogram = new SimilarityHistogram();
        TreeSet<Pair> candidates = new TreeSet<>();
        double recall;
        PairFiles found = new PairFiles(work, "candidates");
        PairFiles nearest = new PairFiles(work, "nearest");
        try (NeighbourSearch search = NeighbourSearch.over(vectors, options.exactLimit(), options.seed(), monitor)) {
            monitor.begin("Searching neighbours", vectors.rows());
            for (int block = 0; block < search.blocks(); block++) {
                monitor.checkStopped();
                List<Pair> pairs = found.read(block);
                List<Pair> best = nearest.read(block);
                if (pairs == null || best == null) {
                    List<Pair> closest = new ArrayList<>();
                    pairs = search.pairs(block, options.neighbours(), options.threshold(), closest::add, monitor);
                    best = closest;
                    nearest.write(block, best);
                    found.write(block, pairs);
                } else {
                    monitor.worked(best.size());
                }
                best.forEach(histogram::add);
                pairs.stream().filter(wanted).forEach(candidates::add);
            }
            recall = search.recall(options.neighbours(), options.threshold(), options.seed() + 1);
        }
        List<Pair> all = List.copyOf(candidates);
        List<Pair> confirmed = verifier == null ? all : verify(all, files, monitor);
        return new Result(all.size(), confirmed, histogram, recall);
    }

    private List<Pair> verify(List<Pair> candidates, List<Path> files, JobMonitor monitor) throws IOException {
        PairFiles finished = new PairFiles(work, "confirmed");
        monitor.begin("Verifying candidates", candidates.size());
        List<Pair> confirmed = new ArrayList<>();
        for (int block = 0; block * VERIFY_BLOCK < candidates.size(); block++) {
            int from = block * VERIFY_BLOCK;
            List<Pair> part = candidates.subList(from, Math.min(candidates.size(), from + VERIFY_BLOCK));
            List<Pair> known = finished.read(block);
            if (known == null) {
                known = verifyBlock(part, files, monitor);
                finished.write(block, known);
            } else {
                monitor.worked(part.size());
            }
            confirmed.addAll(known);
        }
        return confirmed;
    }

    private List<Pair> verifyBlock(List<Pair> pairs, List<Path> files, JobMonitor monitor) {
        List<Pair> confirmed = new ArrayList<>();
        for (int from = 0; from < pairs.size(); from += VERIFY_STEP) {
            monitor.checkStopped();
            List<Pair> step = pairs.subList(from, Math.min(pairs.size(), from + VERIFY_STEP));
            confirmed.addAll(IntStream.range(0, step.size())
                    .parallel()
                    .mapToObj(step::get)
                    .filter(pair -> verifier.same(files.get(pair.first()), files.get(pair.second()), pair.similarity()))
                    .toList());
            monitor.worked(step.size());
        }
        return confirmed;
    }
}
