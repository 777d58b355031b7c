package org.dinobench.curator.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingMapTest {
    private static final int GROUPS = 6;

    @TempDir
    private Path folder;

    /** Groups of points around far centres. */
    private static float[] groups(int perGroup, int dimension, long seed) {
        Random random = new Random(seed);
        float[][] centres = new float[GROUPS][dimension];
        for (float[] centre : centres) {
            for (int d = 0; d < dimension; d++) {
                centre[d] = (float) random.nextGaussian() * 4;
            }
        }
        float[] values = new float[GROUPS * perGroup * dimension];
        for (int i = 0; i < GROUPS * perGroup; i++) {
            for (int d = 0; d < dimension; d++) {
                values[i * dimension + d] = centres[i % GROUPS][d] + (float) random.nextGaussian();
            }
        }
        return values;
    }

    /** Share of points whose nearest point on the map is of their group. */
    private static double purity(float[] places) {
        int n = places.length / 2;
        int right = 0;
        for (int i = 0; i < n; i++) {
            int best = -1;
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                double d = Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);
                if (i != j && d < nearest) {
                    nearest = d;
                    best = j;
                }
            }
            right += best % GROUPS == i % GROUPS ? 1 : 0;
        }
        return right / (double) n;
    }

    @Test
    void tsneKeepsGroupsTogetherAndIsTheSameAgain() {
        float[] values = groups(50, 20, 1);
        float[] places = new Tsne(20, 300, 0).map(values, 20, JobMonitor.NONE);
        assertTrue(purity(places) > 0.98, "purity " + purity(places));
        assertArrayEquals(places, new Tsne(20, 300, 0).map(values, 20, JobMonitor.NONE));
    }

    @Test
    void copiesAndTinySetsAreMapped() {
        float[] same = new float[40 * 3];
        for (float place : new Tsne(10, 50, 0).map(same, 3, JobMonitor.NONE)) {
            assertTrue(Float.isFinite(place));
        }
        assertEquals(4, new Tsne(30, 50, 0).map(new float[] {1, 2, 3, 4, 5, 6}, 3, JobMonitor.NONE).length);
    }

    @Test
    void theTreesRepulsionIsThatOfAllPairs() {
        Random random = new Random(3);
        double[] y = random.doubles(400, -5, 5).toArray();
        y[10] = y[20];
        y[11] = y[21];
        QuadTree tree = new QuadTree(y);
        for (int i = 0; i < 200; i++) {
            double sum = 0;
            double fx = 0;
            for (int j = 0; j < 200; j++) {
                double dx = y[2 * i] - y[2 * j];
                double dy = y[2 * i + 1] - y[2 * j + 1];
                double q = 1 / (1 + dx * dx + dy * dy);
                sum += i == j ? 0 : q;
                fx += q * q * dx;
            }
            double[] force = new double[2];
            assertEquals(sum, tree.repulsion(i, 0, force, QuadTree.stack()), 1e-9 * sum);
            assertEquals(fx, force[0], 1e-9);
            assertEquals(sum, tree.repulsion(i, 0.5, force, QuadTree.stack()), 0.02 * sum);
        }
    }

    @Test
    void affinitiesHaveTheWantedPerplexity() {
        int k = 30;
        int n = 31;
        int[] near = new int[n * k];
        double[] distances = new double[n * k];
        Random random = new Random(5);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < k; j++) {
                near[i * k + j] = j < i ? j : j + 1;
                distances[i * k + j] = 1 + random.nextDouble() * 10;
            }
        }
        Affinities affinities = Affinities.of(near, distances, k, 10);
        double total = 0;
        for (float value : affinities.values()) {
            total += value;
        }
        assertEquals(1, total, 1e-5);
        assertEquals(2 * n * k, affinities.columns().length);
    }

    @Test
    void componentsFindTheLongestDirections() {
        Random random = new Random(7);
        float[] values = new float[500 * 4];
        for (int i = 0; i < 500; i++) {
            double a = random.nextGaussian() * 10;
            double b = random.nextGaussian() * 3;
            values[4 * i] = (float) (a / Math.sqrt(2) + 5);
            values[4 * i + 1] = (float) (a / Math.sqrt(2));
            values[4 * i + 2] = (float) b;
            values[4 * i + 3] = (float) random.nextGaussian() * 0.1f;
        }
        float[] out = PrincipalComponents.project(values, 4, 2, 0);
        double first = 0;
        double second = 0;
        for (int i = 0; i < 500; i++) {
            first += out[2 * i] * out[2 * i] / 500;
            second += out[2 * i + 1] * out[2 * i + 1] / 500;
        }
        assertEquals(10, Math.sqrt(first), 1);
        assertEquals(3, Math.sqrt(second), 0.3);
    }

    @Test
    void aMapIsWrittenAndReadAndADamagedOneNamed() throws Exception {
        Path file = EmbeddingMap.tsneFile(folder, "builtin-v1");
        EmbeddingMap map = new EmbeddingMap(List.of("aa", "bb"), new float[] {1.5f, -2, 3e-7f, 4});
        map.write(file);
        EmbeddingMap again = EmbeddingMap.read(file);
        assertEquals(map.keys(), again.keys());
        assertArrayEquals(map.places(), again.places());
        Files.writeString(file, "hash,x,y\naa,1,b\n");
        BadInputException problem = assertThrows(BadInputException.class, () -> EmbeddingMap.read(file));
        assertTrue(problem.getMessage().contains(":2"), problem.getMessage());
    }
}
