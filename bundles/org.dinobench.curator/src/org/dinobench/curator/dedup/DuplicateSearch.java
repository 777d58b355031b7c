package org.dinobench.curator.dedup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.Ranks;
import org.dinobench.faiss.Vectors;

/**
 * Finds the pairs of images that show the same picture: neighbours by cosine above a threshold, each confirmed by a
 * verifier where there is one. Work is kept block by block and goes on where it was killed.
 */
public final class DuplicateSearch {
    private static final int VERIFY_BLOCK = 2048;
    private static final int VERIFY_STEP = 64;

    private final NeighbourSearch.Options options;
    private final Predicate<Pair> wanted;
    private final PairVerifier verifier;
    private final Path work;
    private final Ranks ranks;

    /**
     * What was found.
     *
     * @param candidates pairs above the threshold
     * @param pairs those confirmed, sorted
     * @param histogram similarities of images with their nearest other one: of all images, or of a sample where
     *     neighbours are searched in lists
     * @param recall part of the candidates that the search finds, measured on a sample
     */
    public record Result(long candidates, PairList pairs, SimilarityHistogram histogram, double recall) {}

    /**
     * @param wanted which pairs above the threshold are candidates
     * @param verifier null when the threshold decides alone
     * @param work a folder that belongs to these images and options alone
     * @param ranks the processes that search together
     */
    public DuplicateSearch(
            NeighbourSearch.Options options, Predicate<Pair> wanted, PairVerifier verifier, Path work, Ranks ranks) {
        this.options = options;
        this.wanted = wanted;
        this.verifier = verifier;
        this.work = work;
        this.ranks = ranks;
    }

    /**
     * Searches.
     *
     * @param vectors of length 1, one for each file
     * @param files node by node
     */
    public Result run(Vectors vectors, List<Path> files, JobMonitor monitor) throws IOException {
        SimilarityHistogram histogram = new SimilarityHistogram();
        PairList candidates;
        double recall;
        PairFiles found = new PairFiles(work, "candidates");
        PairFiles nearest = new PairFiles(work, "nearest");
        try (NeighbourSearch search = NeighbourSearch.over(vectors, options, work, ranks, monitor)) {
            for (int block = 0; block < search.blocks(); block++) {
                monitor.checkStopped();
                if (!found.has(block) && ranks.does(block)) {
                    NeighbourSearch.Found here = search.search(block, monitor);
                    nearest.write(block, here.nearest());
                    found.write(block, here.pairs());
                }
            }
            ranks.barrier();
            List<PairList> blocks = new ArrayList<>();
            for (int block = 0; block < search.blocks(); block++) {
                nearest.readAll(block).forEach(histogram::add);
                blocks.add(found.read(block));
            }
            search.sampled().forEach(histogram::add);
            PairList all = PairList.merge(blocks);
            recall = search.recall(all);
            candidates = all.filtered(wanted);
        }
        PairList confirmed = verifier == null ? candidates : verify(candidates, files, monitor);
        return new Result(candidates.size(), confirmed, histogram, recall);
    }

    private PairList verify(PairList candidates, List<Path> files, JobMonitor monitor) throws IOException {
        PairFiles finished = new PairFiles(work, "confirmed");
        monitor.begin("Verifying candidates", candidates.size());
        int blocks = (candidates.size() + VERIFY_BLOCK - 1) / VERIFY_BLOCK;
        for (int block = 0; block < blocks; block++) {
            int from = block * VERIFY_BLOCK;
            List<Pair> part = candidates.subList(from, Math.min(candidates.size(), from + VERIFY_BLOCK));
            if (finished.has(block)) {
                monitor.worked(part.size());
            } else if (ranks.does(block)) {
                finished.write(block, verifyBlock(part, files, monitor));
            }
        }
        ranks.barrier();
        List<PairList> confirmed = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            confirmed.add(finished.read(block));
        }
        return PairList.merge(confirmed);
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
