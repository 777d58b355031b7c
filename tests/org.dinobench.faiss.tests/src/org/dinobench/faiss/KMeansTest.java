package org.dinobench.faiss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.StoppedException;
import org.junit.jupiter.api.Test;

class KMeansTest {
    private static final int D = 16;
    private static final int N = 4000;
    private static final float[] POINTS = Samples.directions(N, D, 8, 0.2, 5);

    private static KMeansResult run(KMeansOptions options) {
        try (Vectors points = Vectors.copyOf(POINTS, D)) {
            return KMeans.run(points, null, options, JobMonitor.NONE);
        }
    }

    @Test
    void clearClustersAreFound() {
        KMeansResult result = run(new KMeansOptions(8, 20, true, 1, 5));
        try (Index index = result.index();
                Vectors points = Vectors.copyOf(POINTS, D)) {
            long[] assigned = index.assign(points);
            Set<String> pairs = new HashSet<>();
            for (int i = 0; i < N; i++) {
                pairs.add(i % 8 + "-" + assigned[i]);
            }
            assertEquals(8, pairs.size());
        }
    }

    @Test
    void aCentroidIsTheMeanOfItsPoints() {
        KMeansResult result = run(KMeansOptions.plain(8, 60, 3));
        double[] sums = new double[8 * D];
        int[] sizes = new int[8];
        try (Index index = result.index();
                Vectors points = Vectors.copyOf(POINTS, D)) {
            long[] assigned = index.assign(points);
            for (int i = 0; i < N; i++) {
                sizes[(int) assigned[i]]++;
                for (int j = 0; j < D; j++) {
                    sums[(int) assigned[i] * D + j] += POINTS[i * D + j];
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            assertEquals(sums[i] / sizes[i / D], result.centroids()[i], 2e-3);
        }
    }

    @Test
    void theObjectiveNeverGetsWorse() {
        double[] distances = run(KMeansOptions.plain(30, 15, 3)).objectives();
        double[] cosines = run(KMeansOptions.spherical(30, 15, 3)).objectives();
        assertEquals(15, distances.length);
        for (int i = 1; i < 15; i++) {
            assertTrue(distances[i] <= distances[i - 1] * (1 + 1e-5), "pass " + i);
            assertTrue(cosines[i] >= cosines[i - 1] * (1 - 1e-5), "pass " + i);
        }
    }

    @Test
    void sphericalCentroidsHaveLengthOne() {
        float[] centroids = run(KMeansOptions.spherical(12, 5, 3)).centroids();
        for (int row = 0; row < 12; row++) {
            double squares = 0;
            for (int i = 0; i < D; i++) {
                squares += centroids[row * D + i] * centroids[row * D + i];
            }
            assertEquals(1, squares, 1e-5);
        }
    }

    @Test
    void aSeedGivesTheSameClustersOnAnyNumberOfThreads() {
        int threads = Faiss.threads();
        try {
            Faiss.setThreads(1);
            float[] one = run(KMeansOptions.spherical(20, 8, 42)).centroids();
            Faiss.setThreads(3);
            assertArrayEquals(one, run(KMeansOptions.spherical(20, 8, 42)).centroids());
            assertTrue(!java.util.Arrays.equals(
                    one, run(KMeansOptions.spherical(20, 8, 43)).centroids()));
        } finally {
            Faiss.setThreads(threads);
        }
    }

    @Test
    void goingOnIsTheSameAsGoingThrough() {
        float[] whole = run(KMeansOptions.spherical(20, 8, 42)).centroids();
        float[] half = run(KMeansOptions.spherical(20, 3, 42)).centroids();
        try (Vectors points = Vectors.copyOf(POINTS, D)) {
            float[] rest = KMeans.resume(points, null, KMeansOptions.spherical(20, 5, 42), half, JobMonitor.NONE)
                    .centroids();
            assertArrayEquals(whole, rest, 1e-5f);
        }
    }

    @Test
    void weightsPullCentroids() {
        float[] line = {0, 1, 10, 11};
        try (Vectors points = Vectors.copyOf(line, 1)) {
            KMeansResult one =
                    KMeans.run(points, new float[] {3, 1, 0, 0}, KMeansOptions.plain(1, 3, 1), JobMonitor.NONE);
            assertEquals(0.25, one.centroids()[0], 1e-6);
        }
    }

    @Test
    void passesAreToldAndStopEnds() {
        AtomicLong passes = new AtomicLong();
        JobMonitor stopping = new JobMonitor() {
            @Override
            public void begin(String stage, long total) {}

            @Override
            public void worked(long units) {
                passes.addAndGet(units);
            }

            @Override
            public void message(String text) {}

            @Override
            public boolean isStopped() {
                return passes.get() >= 4;
            }
        };
        try (Vectors points = Vectors.copyOf(POINTS, D)) {
            assertThrows(
                    StoppedException.class, () -> KMeans.run(points, null, KMeansOptions.plain(10, 1000, 1), stopping));
        }
        assertEquals(4, passes.get());
    }

    @Test
    void failuresOfTheMonitorComeThrough() {
        JobMonitor failing = new JobMonitor() {
            @Override
            public void begin(String stage, long total) {}

            @Override
            public void worked(long units) {
                throw new UnsupportedOperationException("monitor");
            }

            @Override
            public void message(String text) {}

            @Override
            public boolean isStopped() {
                return false;
            }
        };
        try (Vectors points = Vectors.copyOf(POINTS, D)) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> KMeans.run(points, null, KMeansOptions.plain(10, 10, 1), failing));
        }
    }

    @Test
    void impossibleOrdersAreRefused() {
        try (Vectors points = Vectors.copyOf(new float[] {1, 2, 3}, 1)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KMeans.run(points, null, KMeansOptions.plain(4, 1, 1), JobMonitor.NONE));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KMeans.run(points, new float[2], KMeansOptions.plain(2, 1, 1), JobMonitor.NONE));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KMeans.run(points, new float[] {1, -1, 1}, KMeansOptions.plain(2, 1, 1), JobMonitor.NONE));
            points.put(1, new float[] {Float.POSITIVE_INFINITY});
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KMeans.run(points, null, KMeansOptions.plain(2, 1, 1), JobMonitor.NONE));
        }
        assertThrows(IllegalArgumentException.class, () -> KMeansOptions.plain(0, 1, 1));
    }

    @Test
    void asManyClustersAsPoints() {
        try (Vectors points = Vectors.copyOf(new float[] {1, 2, 3}, 1)) {
            float[] centroids = KMeans.run(points, null, KMeansOptions.plain(3, 2, 1), JobMonitor.NONE)
                    .centroids();
            assertArrayEquals(new float[] {1, 2, 3}, centroids);
        }
    }
}
