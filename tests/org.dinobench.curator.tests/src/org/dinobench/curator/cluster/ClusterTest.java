package org.dinobench.curator.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.curator.CurationImage;
import org.dinobench.curator.Review;
import org.dinobench.curator.Reviews;
import org.dinobench.faiss.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
    private static final int D = 12;

    @TempDir
    Path work;

    /** Points around directions, of very different numbers: kind i has 2^i times twenty of them. */
    private static Vectors uneven(int kinds, List<Integer> kindOf) {
        Random random = new Random(4);
        List<float[]> rows = new ArrayList<>();
        for (int kind = 0; kind < kinds; kind++) {
            float[] middle = new float[D];
            middle[kind] = 1;
            for (int i = 0; i < 20 << kind; i++) {
                float[] row = middle.clone();
                for (int j = 0; j < D; j++) {
                    row[j] += 0.08f * (float) random.nextGaussian();
                }
                rows.add(row);
                kindOf.add(kind);
            }
        }
        return Vectors.copyOf(rows.toArray(new float[0][])).normalize();
    }

    @Test
    void balancedSamplesHaveAboutAsManyOfEachKind() throws Exception {
        List<Integer> kindOf = new ArrayList<>();
        try (Vectors points = uneven(5, kindOf)) {
            HierarchicalKMeans.Options options = new HierarchicalKMeans.Options(List.of(80, 5), 20, 10, 3, 1);
            List<Clusters> levels = new HierarchicalKMeans(null).run(points, options, JobMonitor.NONE);
            assertEquals(80, levels.get(1).assigned().length);
            boolean[] eligible = new boolean[kindOf.size()];
            Arrays.fill(eligible, true);
            boolean[] drawn = new BalancedSampling(levels).draw(eligible, 60, 7);
            int[] counts = new int[5];
            int total = 0;
            for (int i = 0; i < drawn.length; i++) {
                counts[kindOf.get(i)] += drawn[i] ? 1 : 0;
                total += drawn[i] ? 1 : 0;
            }
            assertEquals(60, total);
            // By chance alone the smallest kind would give two of sixty and the largest thirty-one.
            assertTrue(Arrays.stream(counts).min().getAsInt() >= 3, Arrays.toString(counts));
            assertTrue(Arrays.stream(counts).max().getAsInt() <= 26, Arrays.toString(counts));
            assertArrayEquals(drawn, new BalancedSampling(levels).draw(eligible, 60, 7));
        }
    }

    @Test
    void onlyEligiblePointsAreDrawn() throws Exception {
        List<Integer> kindOf = new ArrayList<>();
        try (Vectors points = uneven(3, kindOf)) {
            Clusters clusters = new SphericalKMeans(null).run(points, 3, 20, 1, "k", JobMonitor.NONE);
            boolean[] eligible = new boolean[kindOf.size()];
            for (int i = 0; i < eligible.length; i += 2) {
                eligible[i] = true;
            }
            boolean[] drawn = new BalancedSampling(List.of(clusters)).draw(eligible, 1000, 7);
            assertArrayEquals(eligible, drawn);
        }
    }

    @Test
    void quotasAreSharedOutFairly() {
        assertArrayEquals(new int[] {4, 1, 4, 3}, BalancedSampling.share(new int[] {100, 1, 100, 3}, 12));
        assertArrayEquals(new int[] {2, 1}, BalancedSampling.share(new int[] {2, 1}, 10));
        assertArrayEquals(new int[] {0, 0, 1}, BalancedSampling.share(new int[] {5, 5, 5}, 1));
        assertArrayEquals(new int[] {0, 0}, BalancedSampling.share(new int[] {0, 0}, 3));
    }

    @Test
    void aClusteringThatIsStoppedGoesOnToTheSameClusters() throws Exception {
        try (Vectors points = uneven(6, new ArrayList<>())) {
            Clusters whole = new SphericalKMeans(null).run(points, 12, 17, 5, "k", JobMonitor.NONE);
            int[] passes = {0};
            JobMonitor stopping = new JobMonitor() {
                @Override
                public void begin(String stage, long total) {}

                @Override
                public void worked(long units) {
                    passes[0] += units;
                }

                @Override
                public void message(String text) {}

                @Override
                public boolean isStopped() {
                    return passes[0] >= 12;
                }
            };
            assertThrows(StoppedException.class, () -> new SphericalKMeans(work).run(points, 12, 17, 5, "k", stopping));
            Clusters resumed = new SphericalKMeans(work).run(points, 12, 17, 5, "k", JobMonitor.NONE);
            assertArrayEquals(whole.centroids(), resumed.centroids());
            assertArrayEquals(whole.assigned(), resumed.assigned());
        }
    }

    @Test
    void clustersWithEnoughSeedsAreRetrieved() throws Exception {
        List<Integer> kindOf = new ArrayList<>();
        try (Vectors points = uneven(4, kindOf);
                Vectors seeds = points.slice(0, 20)) {
            Clusters clusters = new SphericalKMeans(null).run(points, 4, 30, 3, "k", JobMonitor.NONE);
            boolean[] chosen = Retrieval.byCluster(clusters, seeds, 3, 15, 0, 1);
            int count = 0;
            for (int i = 0; i < chosen.length; i++) {
                count += chosen[i] ? 1 : 0;
                assertTrue(!chosen[i] || clusters.assigned()[i] == clusters.assigned()[2]);
            }
            assertEquals(15, count);
            boolean[] limited = Retrieval.bySample(points, seeds, 5, 7, JobMonitor.NONE);
            int taken = 0;
            for (boolean one : limited) {
                taken += one ? 1 : 0;
            }
            assertEquals(7, taken);
            for (int i = 0; i < 7; i++) {
                assertTrue(limited[i], "each seed is its own nearest image, and those go first");
            }
        }
    }

    @Test
    void aClusterIsDescribedByItsLabelsAndPrototypes() {
        float[] centroids = {1, 0, 0, 1};
        Clusters clusters = new Clusters(2, centroids, new int[] {0, 0, 0, 1}, new float[] {0.9f, 1f, 0.8f, 0.7f});
        List<CurationImage> images = List.of(image("p", "cat"), image("q", "cat"), image("r", "dog"), image("s", ""));
        List<ClusterSummary> table =
                ClusterSummary.of(clusters, images, Reviews.NONE.withClusterName(images.get(2), " pets "));
        assertEquals("pets", table.get(0).name());
        assertEquals("", table.get(1).name());
        assertEquals(List.of("q", "p", "r"), table.get(0).prototypes());
        assertEquals("cat", table.get(0).label());
        assertEquals(2 / 3.0, table.get(0).purity().getAsDouble(), 1e-9);
        assertEquals(0.9, table.get(0).meanSimilarity(), 1e-6);
        assertTrue(table.get(1).purity().isEmpty());
        assertEquals("", table.get(1).label());
    }

    private static CurationImage image(String path, String label) {
        return new CurationImage(path, Path.of(path), path, 1, label, "", 0, Review.NONE);
    }
}
