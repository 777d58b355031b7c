package org.dinobench.curator.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Ranks;
import org.dinobench.curator.Review;
import org.dinobench.faiss.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateSearchTest {
    private static final int D = 16;

    @TempDir
    Path work;

    /** Random directions; every tenth vector is followed by one very near to it. */
    private static Vectors vectors(int rows, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * D];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < D; i++) {
                values[row * D + i] = row % 10 == 1
                        ? values[(row - 1) * D + i] + 0.02f * (float) random.nextGaussian()
                        : (float) random.nextGaussian();
            }
        }
        return Vectors.copyOf(values, D).normalize();
    }

    private static List<Path> files(int count) {
        return Collections.nCopies(count, Path.of("x"));
    }

    private DuplicateSearch search(int exactLimit, PairVerifier verifier, String folder) {
        return new DuplicateSearch(
                new NeighbourSearch.Options(8, 0.95, exactLimit, 1),
                pair -> true,
                verifier,
                work.resolve(folder),
                Ranks.ALONE);
    }

    @Test
    void nearPairsAreFoundOnce() throws Exception {
        try (Vectors vectors = vectors(2000, 3)) {
            DuplicateSearch.Result result = search(10_000, null, "a").run(vectors, files(2000), JobMonitor.NONE);
            assertEquals(200, result.pairs().size());
            assertTrue(result.pairs().stream().allMatch(p -> p.second() == p.first() + 1 && p.first() % 10 == 0));
            long[] counts = result.histogram().counts();
            assertEquals(2000, java.util.Arrays.stream(counts).sum());
            assertEquals(400, counts[49]);
        }
    }

    @Test
    void listsFindWhatExactSearchFinds() throws Exception {
        try (Vectors vectors = vectors(20_000, 3)) {
            DuplicateSearch.Result exact = search(100_000, null, "a").run(vectors, files(20_000), JobMonitor.NONE);
            DuplicateSearch.Result lists = search(1000, null, "b").run(vectors, files(20_000), JobMonitor.NONE);
            assertEquals(1, exact.recall());
            assertTrue(lists.recall() > 0.99, "recall " + lists.recall());
            assertTrue(lists.pairs().size() > 0.99 * exact.pairs().size());
            assertTrue(nodes(exact).containsAll(nodes(lists)));
        }
    }

    private static List<List<Integer>> nodes(DuplicateSearch.Result result) {
        return result.pairs().stream()
                .map(pair -> List.of(pair.first(), pair.second()))
                .toList();
    }

    @Test
    void theVerifierDecidesAndIsNotAskedTwice() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        PairVerifier picky = new PairVerifier() {
            @Override
            public String id() {
                return "picky";
            }

            @Override
            public boolean same(Path first, Path second, double similarity) {
                return asked.incrementAndGet() % 2 == 0;
            }
        };
        try (Vectors vectors = vectors(500, 5)) {
            List<Pair> first = search(1000, picky, "a")
                    .run(vectors, files(500), JobMonitor.NONE)
                    .pairs();
            assertEquals(50, asked.get());
            assertEquals(25, first.size());
            assertEquals(
                    first,
                    search(1000, picky, "a")
                            .run(vectors, files(500), JobMonitor.NONE)
                            .pairs());
            assertEquals(50, asked.get());
        }
    }

    @Test
    void componentsAreNamedByTheirSmallestNode() {
        UnionFind components = new UnionFind(6);
        assertTrue(components.join(5, 3));
        assertTrue(components.join(1, 5));
        assertFalse(components.join(3, 1));
        assertEquals(1, components.find(5));
        assertEquals(1, components.find(3));
        assertEquals(0, components.find(0));
    }

    @Test
    void theRuleTakesTheLargestThenTheLabelledThenTheOldest() {
        CurationImage small = image("small", 10, "a", 1, Review.NONE);
        CurationImage plain = image("plain", 20, "", 2, Review.NONE);
        CurationImage young = image("young", 20, "a", 4, Review.NONE);
        CurationImage old = image("old", 20, "b", 3, Review.NONE);
        CurationImage out = image("out", 90, "b", 0, Review.DROP);
        List<CurationImage> images = new ArrayList<>(List.of(out, small, plain, young, old));
        images.sort(new RepresentativeRule());
        assertEquals(List.of(old, young, plain, small, out), images);
        CurationImage wanted = image("wanted", 1, "", 9, Review.KEEP);
        images.add(wanted);
        images.sort(new RepresentativeRule());
        assertEquals(wanted, images.get(0));
    }

    @Test
    void chainsAndEqualFilesMakeOneGroup() {
        List<CurationImage> images = List.of(
                image("a", 1, "x", 1, Review.NONE),
                image("b", 1, "y", 2, Review.NONE),
                image("c", 1, "", 3, Review.NONE),
                new CurationImage("a2", Path.of("a2"), "hash-a", 1, "x", "test", 4, Review.NONE),
                image("alone", 1, "x", 5, Review.NONE));
        DuplicateGroups groups = DuplicateGroups.of(
                images,
                List.of("hash-a", "hash-b", "hash-c", "hash-alone"),
                List.of(new Pair(0, 1, 0.9f), new Pair(1, 2, 0.9f)),
                Map.of("hash-c", "evaluation.png"));
        assertEquals(1, groups.groups().size());
        assertEquals(4, groups.groups().get(0).members().size());
        assertTrue(groups.groups().get(0).conflicting());
        assertEquals(3, groups.duplicates());
        assertEquals(1, groups.references(images.get(3)).size());
        assertTrue(groups.references(images.get(4)).isEmpty());
    }

    private static CurationImage image(String name, long pixels, String label, long id, Review review) {
        return new CurationImage(name, Path.of(name), "hash-" + name, pixels, label, "", id, review);
    }
}
