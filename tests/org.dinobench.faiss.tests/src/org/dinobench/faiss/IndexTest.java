package org.dinobench.faiss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTest {
    private static final int D = 24;
    private static final int N = 3000;
    private static final float[] ALL = Samples.directions(N + 60, D, 40, 0.35, 1);
    private static final float[] BASE = Arrays.copyOf(ALL, N * D);
    private static final float[] QUERIES = Arrays.copyOfRange(ALL, N * D, ALL.length);

    private final int threads = Faiss.threads();

    @TempDir
    Path folder;

    @AfterEach
    void restoreThreads() {
        Faiss.setThreads(threads);
    }

    private static Index filled(IndexDescription description, Metric metric) {
        Index index = Index.create(D, description, metric);
        try (Vectors base = Vectors.copyOf(BASE, D)) {
            index.train(base);
            index.add(base);
        }
        return index;
    }

    private static Neighbours search(Index index, int k) {
        try (Vectors queries = Vectors.copyOf(QUERIES, D)) {
            return index.search(queries, k);
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void flatSearchIsExact(Metric metric) {
        try (Index index = filled(IndexDescription.flat(), metric)) {
            Neighbours found = search(index, 10);
            for (int row = 0; row < found.rows(); row++) {
                assertArrayEquals(
                        Samples.nearest(metric, QUERIES, row, BASE, D, 10),
                        Arrays.copyOfRange(found.labels(), row * 10, row * 10 + 10));
                double expected = Samples.score(metric, QUERIES, row, BASE, (int) found.label(row, 0), D);
                assertEquals(expected, found.score(row, 0), 1e-5);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "IVF32,Flat; 0.999",
                "IVF32,PQ12x8np; 0.5",
                "IVF32,SQ8; 0.95",
                "SQ8; 0.95",
                "SQfp16; 0.98",
                "HNSW16; 0.95",
                "PQ12x6np; 0.4",
                "IVF16_HNSW8,Flat; 0.95",
                "PCA16,Flat; 0.3",
                "OPQ8,IVF16,PQ8np; 0.3",
                "IVF32,PQ12x6np,RFlat; 0.5",
                "L2norm,Flat; 1"
            })
    void everyKindFindsMostNeighbours(String factory, double recall) {
        try (Index index = filled(new IndexDescription(factory), Metric.L2)) {
            assertTrue(index.isTrained());
            assertEquals(N, index.size());
            if (factory.contains("IVF")) {
                index.setProbes(32);
            }
            if (factory.startsWith("HNSW")) {
                index.setSearchBreadth(128);
            }
            double found = Samples.recall(Metric.L2, search(index, 10), QUERIES, BASE, D);
            assertTrue(found >= recall, factory + ": " + found);
        }
    }

    @Test
    void moreProbesFindMore() {
        try (Index index = filled(IndexDescription.ivfFlat(64), Metric.INNER_PRODUCT)) {
            index.setProbes(1);
            double few = Samples.recall(Metric.INNER_PRODUCT, search(index, 20), QUERIES, BASE, D);
            index.setProbes(64);
            double all = Samples.recall(Metric.INNER_PRODUCT, search(index, 20), QUERIES, BASE, D);
            assertEquals(1.0, all, 1e-9);
            assertTrue(few < all, few + " < " + all);
        }
    }

    @Test
    void resultsDoNotDependOnThreads() {
        float[] many = Samples.gaussian(2000, D, 9);
        try (Index index = filled(IndexDescription.flat(), Metric.L2);
                Vectors queries = Vectors.copyOf(many, D)) {
            Faiss.setThreads(1);
            Neighbours one = index.search(queries, 5);
            Faiss.setThreads(4);
            Neighbours four = index.search(queries, 5);
            assertArrayEquals(one.labels(), four.labels());
            assertArrayEquals(one.scores(), four.scores());
        }
    }

    @Test
    void fewerVectorsThanWantedGiveMinusOne() {
        try (Index index = Index.create(2, IndexDescription.flat(), Metric.L2);
                Vectors one = Vectors.copyOf(new float[] {1, 2}, 2)) {
            assertArrayEquals(new long[] {-1, -1}, index.search(one, 2).labels());
            index.add(one);
            assertArrayEquals(new long[] {0, -1}, index.search(one, 2).labels());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"IDMap2,Flat", "IVF8,Flat", "IDMap2,SQ8"})
    void idsComeBack(String factory) {
        long[] ids = LongStream.range(0, N).map(i -> 7_000_000_000L + i * 3).toArray();
        try (Index index = Index.create(D, new IndexDescription(factory), Metric.L2);
                Vectors base = Vectors.copyOf(BASE, D)) {
            index.train(base);
            index.add(base, ids);
            Neighbours found = index.search(base.slice(5, 10), 1);
            assertThrows(RuntimeException.class, () -> index.add(base.slice(0, 2), new long[1]));
            for (int i = 0; i < 10; i++) {
                assertEquals(ids[5 + i], found.label(i, 0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void rangeSearchFindsAllWithinTheRadius(Metric metric) {
        float radius = metric == Metric.L2 ? 0.6f : 0.7f;
        try (Index index = filled(IndexDescription.flat(), metric);
                Vectors queries = Vectors.copyOf(QUERIES, D)) {
            RangeResult result = index.rangeSearch(queries, radius, 1_000_000);
            long all = 0;
            for (int row = 0; row < 60; row++) {
                int query = row;
                long expected = LongStream.range(0, N)
                        .filter(i ->
                                metric.nearer((float) Samples.score(metric, QUERIES, query, BASE, (int) i, D), radius))
                        .count();
                assertEquals(expected, result.limits()[row + 1] - result.limits()[row]);
                all += expected;
            }
            assertTrue(all > 100, "the radius takes in something: " + all);
            assertThrows(IllegalArgumentException.class, () -> index.rangeSearch(queries, radius, 99));
        }
    }

    @Test
    void writtenIndexesComeBackWholeAndMapped() throws Exception {
        Path file = folder.resolve("lists.index");
        Neighbours before;
        try (Index index = filled(IndexDescription.ivfFlat(16), Metric.INNER_PRODUCT)) {
            index.setProbes(16);
            before = search(index, 7);
            index.write(file);
        }
        try (Index read = Index.read(file);
                Index mapped = Index.map(file);
                Vectors base = Vectors.copyOf(BASE, D)) {
            assertEquals(Metric.INNER_PRODUCT, read.metric());
            assertEquals(N, mapped.size());
            assertArrayEquals(before.labels(), search(read, 7).labels());
            assertArrayEquals(before.labels(), search(mapped, 7).labels());
            read.add(base);
            assertEquals(2 * N, read.size());
            assertThrows(IllegalStateException.class, () -> mapped.add(base));
        }
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        Path file = folder.resolve("flat.index");
        try (Index index = filled(IndexDescription.flat(), Metric.L2)) {
            index.write(file);
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThrows(BadInputException.class, () -> Index.read(file));
        assertThrows(BadInputException.class, () -> Index.map(file));
        byte[] changed = whole.clone();
        changed[40] ^= 1;
        Files.write(file, changed);
        assertThrows(BadInputException.class, () -> Index.read(file));
        assertThrows(BadInputException.class, () -> Index.read(folder.resolve("none.index")));
    }

    @Test
    void vectorsAreReconstructed() {
        try (Index exact = filled(IndexDescription.ivfFlat(8), Metric.L2)) {
            assertArrayEquals(Arrays.copyOfRange(BASE, 17 * D, 18 * D), exact.reconstruct(17));
            assertThrows(RuntimeException.class, () -> exact.reconstruct(N + 1));
        }
    }

    @Test
    void anUntrainedIndexSaysSo() {
        try (Index index = Index.create(D, IndexDescription.ivfFlat(8), Metric.L2);
                Vectors base = Vectors.copyOf(BASE, D)) {
            assertFalse(index.isTrained());
            assertThrows(IllegalStateException.class, () -> index.add(base));
            assertThrows(IllegalStateException.class, () -> index.search(base, 1));
        }
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        float[] broken = Arrays.copyOf(BASE, 3 * D);
        broken[D + 4] = Float.NaN;
        try (Index index = Index.create(D, IndexDescription.flat(), Metric.L2);
                Vectors vectors = Vectors.copyOf(broken, D)) {
            var refused = assertThrows(IllegalArgumentException.class, () -> index.add(vectors));
            assertTrue(refused.getMessage().contains("Vector 1 "), refused.getMessage());
            assertEquals(0, index.size());
            index.checkingInput(false).add(vectors);
            assertEquals(3, index.size());
        }
    }

    @Test
    void faissComplaintsAreExceptions() {
        assertThrows(FaissException.class, () -> Index.create(10, new IndexDescription("PQ3np"), Metric.L2));
        try (Index graph = filled(IndexDescription.hnsw(8), Metric.L2);
                Vectors queries = Vectors.copyOf(QUERIES, D)) {
            assertThrows(FaissException.class, () -> graph.rangeSearch(queries, 1, 1000));
            assertThrows(FaissException.class, () -> graph.setProbes(3));
            assertThrows(FaissException.class, () -> graph.add(queries, new long[60]));
        }
        try (Index lists = Index.create(D, IndexDescription.ivfFlat(100), Metric.L2);
                Vectors few = Vectors.copyOf(QUERIES, D)) {
            assertThrows(FaissException.class, () -> lists.train(few));
        }
    }

    @Test
    void closedIndexesSaySo() {
        Index index = filled(IndexDescription.flat(), Metric.L2);
        index.close();
        index.close();
        assertThrows(IllegalStateException.class, index::size);
        assertThrows(IllegalStateException.class, () -> search(index, 1));
    }
}
