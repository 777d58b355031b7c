package org.dinobench.faiss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.dinobench.core.job.JobMonitor;
import org.junit.jupiter.api.Test;

/**
 * Random calls with random, often senseless arguments: each returns or throws one of the documented exceptions. A
 * crash of the process, or any other exception, fails the test.
 */
class FuzzTest {
    private static final int CALLS = 3000;
    private static final List<String> KINDS = List.of(
            "Flat",
            "IVF4,Flat",
            "IVF4,PQ4x4np",
            "SQ8",
            "HNSW4",
            "IDMap2,Flat",
            "IVF2_HNSW4,SQ8",
            "PQ4x4np",
            "IDMap,SQ4",
            "L2norm,Flat",
            "PCA2,Flat",
            "IVF4,SQfp16",
            "OPQ2,PQ2x4np",
            "SQ8,RFlat",
            "HNSW4_SQ8",
            "IVF1,Flat",
            "PQ3np",
            "PCA99,Flat",
            "IVF9999999,Flat",
            "PQ0np",
            "IVF0,Flat",
            "",
            ",",
            "Flat,Flat",
            "PQ4",
            "nonsense",
            "HNSW0",
            "HNSW1",
            "IDMap",
            "IVF4",
            "OPQ3,Flat",
            "SQ8,SQ8",
            "PQ4x25np",
            "IDMap2,IDMap2,Flat");

    private final Random random = new Random(20240611);
    private final List<Index> indexes = new ArrayList<>();
    private final List<Vectors> memory = new ArrayList<>();
    private int succeeded;
    private int refused;

    @Test
    void nothingCrashes() {
        List<Consumer<FuzzTest>> calls = List.of(
                FuzzTest::create,
                FuzzTest::allocate,
                FuzzTest::train,
                FuzzTest::add,
                FuzzTest::addWithIds,
                FuzzTest::search,
                FuzzTest::search,
                FuzzTest::range,
                FuzzTest::reconstruct,
                FuzzTest::tune,
                FuzzTest::cluster,
                FuzzTest::read,
                FuzzTest::write,
                FuzzTest::closeSomething);
        for (int i = 0; i < CALLS; i++) {
            Consumer<FuzzTest> call = calls.get(random.nextInt(calls.size()));
            try {
                call.accept(this);
                succeeded++;
            } catch (IllegalArgumentException
                    | IllegalStateException
                    | IndexOutOfBoundsException
                    | NullPointerException
                    | FaissException
                    | OutOfMemoryError e) {
                refused++;
            }
        }
        indexes.forEach(Index::close);
        memory.forEach(Vectors::close);
        assertEquals(CALLS, succeeded + refused);
        assertTrue(succeeded > CALLS / 10 && refused > CALLS / 10, succeeded + " succeeded, " + refused + " refused");
    }

    private int number() {
        int[] odd = {0, -1, 1, 2, 3, 4, 8, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20, -7, 64};
        return random.nextInt(3) == 0 ? odd[random.nextInt(odd.length)] : 1 + random.nextInt(12);
    }

    private float value() {
        float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, 0, -0f, Float.MAX_VALUE, Float.MIN_VALUE, 1e30f};
        return random.nextInt(400) == 0 ? odd[random.nextInt(odd.length)] : (float) random.nextGaussian();
    }

    private Index index() {
        if (indexes.isEmpty() || random.nextInt(50) == 0) {
            return null;
        }
        return indexes.get(random.nextInt(indexes.size()));
    }

    private Vectors vectors() {
        if (memory.isEmpty() || random.nextInt(50) == 0) {
            return null;
        }
        return memory.get(random.nextInt(memory.size()));
    }

    private void create() {
        int dimension = random.nextInt(4) == 0 ? number() : 4;
        Index made = Index.create(
                dimension,
                new IndexDescription(KINDS.get(random.nextInt(KINDS.size()))),
                Metric.values()[random.nextInt(2)]);
        indexes.add(made.checkingInput(random.nextInt(5) > 0));
        if (indexes.size() > 30) {
            indexes.remove(random.nextInt(30)).close();
        }
    }

    private void allocate() {
        int rows = number();
        int dimension = random.nextInt(4) == 0 ? number() : 4;
        if ((long) rows * dimension > 1 << 22) {
            rows = -rows;
        }
        Vectors made = Vectors.allocate(rows, dimension);
        float[] values = new float[rows * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = value();
        }
        made.put(0, values);
        memory.add(random.nextInt(6) == 0 ? made.slice(number(), number()) : made);
        if (memory.size() > 40) {
            memory.remove(random.nextInt(40)).close();
        }
    }

    private void train() {
        try (Vectors enough = Vectors.copyOf(Samples.gaussian(80, 4, random.nextLong()), 4)) {
            index().train(random.nextBoolean() ? enough : vectors());
        }
    }

    private void add() {
        index().add(vectors());
    }

    private void addWithIds() {
        Vectors some = vectors();
        long[] ids = new long[random.nextInt(3) == 0 ? Math.floorMod(number(), 100) : (int) some.rows()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = random.nextInt(20) == 0 ? number() : random.nextInt(1000);
        }
        index().add(some, ids);
    }

    private void search() {
        index().search(vectors(), Math.min(number(), 100_000));
    }

    private void range() {
        index().rangeSearch(vectors(), value(), number());
    }

    private void reconstruct() {
        index().reconstruct(number());
    }

    private void tune() {
        switch (random.nextInt(3)) {
            case 0 -> index().setProbes(number());
            case 1 -> index().setSearchBreadth(Math.min(number(), 5000));
            default -> index().setRefinement(Math.min(number(), 50));
        }
    }

    private void cluster() {
        Vectors some = vectors();
        float[] weights = random.nextBoolean() ? null : new float[random.nextBoolean() ? (int) some.rows() : 3];
        if (weights != null) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Math.abs(value());
            }
        }
        int iterations = Math.min(number(), 20);
        KMeansOptions options =
                new KMeansOptions(number(), iterations, random.nextBoolean(), number(), 1 + random.nextInt(2));
        if (random.nextBoolean()) {
            KMeans.run(some, weights, options, JobMonitor.NONE);
        } else {
            KMeans.resume(some, weights, options, new float[Math.floorMod(number(), 64)], JobMonitor.NONE);
        }
    }

    private void read() {
        vectors().get(number(), new float[random.nextInt(12)]);
        vectors().firstNotFinite();
    }

    private void write() {
        int kind = random.nextInt(3);
        if (kind == 0) {
            vectors().put(number(), vectors());
        } else if (kind == 1) {
            vectors().put(number(), vectors(), new int[] {number(), number()});
        } else {
            vectors().normalize();
        }
    }

    private void closeSomething() {
        if (random.nextInt(4) == 0) {
            index().close();
        } else if (random.nextInt(4) == 0) {
            vectors().close();
        }
    }
}
