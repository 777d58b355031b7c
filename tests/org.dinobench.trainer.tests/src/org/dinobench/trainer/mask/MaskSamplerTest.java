package org.dinobench.trainer.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.Range;
import org.dinobench.trainer.GoldenFile;
import org.junit.jupiter.api.Test;

class MaskSamplerTest {
    private static final int RUNS = 600;
    private static final int COLUMNS = 7;

    @Test
    void blockMasksHaveTheReferencesDistribution() throws IOException {
        double[] stats = GoldenFile.open("mask_statistics.safetensors").doubles("stats");
        for (int row = 0; row < stats.length / COLUMNS; row++) {
            double[] facts = Arrays.copyOfRange(stats, row * COLUMNS, (row + 1) * COLUMNS);
            int grid = (int) facts[0];
            int target = (int) facts[2];
            BlockMaskGenerator generator = new BlockMaskGenerator(grid, grid, facts[1]);
            SplittableRandom random = new SplittableRandom(row);
            double[] counts = new double[RUNS];
            for (int run = 0; run < RUNS; run++) {
                counts[run] = masked(generator.generate(target, random));
                assertTrue(counts[run] <= target, "more masked than the target");
            }
            double mean = Arrays.stream(counts).average().orElseThrow();
            double deviation = Math.sqrt(
                    Arrays.stream(counts).map(c -> (c - mean) * (c - mean)).sum() / RUNS);
            String what = "grid " + grid + ", target " + target;
            // both means are of 600 draws: four standard errors of their difference, and of the deviations' likewise
            double error = 4 * facts[4] * Math.sqrt(2.0 / RUNS);
            assertEquals(facts[3], mean, error + 0.02, what + ", mean");
            assertEquals(facts[4], deviation, 0.25 * facts[4] + 0.1, what + ", deviation");
        }
    }

    private static int masked(boolean[] mask) {
        int count = 0;
        for (boolean value : mask) {
            count += value ? 1 : 0;
        }
        return count;
    }

    @Test
    void indicesWeightsAndBoundOfGivenMasksAreTheReferences() throws IOException {
        GoldenFile golden = GoldenFile.open("collate.safetensors");
        MaskBatch batch = MaskBatch.of(8, 64, golden.booleans("masks"), (int) golden.longs("upperbound")[0]);
        assertArrayEquals(golden.longs("mask_indices_list"), batch.indices());
        assertArrayEquals(golden.floats("masks_weight"), batch.weights(), 1e-7f);
        assertEquals(golden.longs("n_masked_patches")[0], batch.masked());
    }

    @Test
    void theDrawIsStratifiedAsInTheReference() throws IOException {
        GoldenFile golden = GoldenFile.open("collate.safetensors");
        MaskSampler sampler = new MaskSampler(new BlockMaskGenerator(8, 8, 32), 0.5, new Range(0.1, 0.5));
        for (int seed = 0; seed < 50; seed++) {
            MaskBatch batch = sampler.sample(8, new SplittableRandom(seed));
            assertEquals(golden.longs("upperbound")[0], batch.upperBound());
            assertTrue(batch.masked() <= batch.upperBound());
            int[] counts = new int[8];
            for (long index : batch.indices()) {
                counts[(int) (index / 64)]++;
            }
            int[] nonEmpty = Arrays.stream(counts).filter(c -> c > 0).sorted().toArray();
            assertEquals(4, nonEmpty.length, "half of the crops are masked");
            for (int i = 0; i < 4; i++) {
                assertTrue(nonEmpty[i] <= (int) (64 * (0.1 + 0.1 * (i + 1)) + 1e-9), Arrays.toString(nonEmpty));
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameMasksAndAnotherOthers() {
        MaskSampler sampler = new MaskSampler(new BlockMaskGenerator(8, 8, 32), 0.5, new Range(0.1, 0.5));
        boolean[] first = sampler.sample(8, new SplittableRandom(5)).masks();
        assertArrayEquals(first, sampler.sample(8, new SplittableRandom(5)).masks());
        assertNotEquals(
                Arrays.toString(first),
                Arrays.toString(sampler.sample(8, new SplittableRandom(6)).masks()));
    }

    @Test
    void distillationTakesEveryPatchOfBothCropsWithEqualWeight() {
        MaskBatch batch = MaskBatch.all(2, 9);
        assertEquals(18, batch.masked());
        for (int i = 0; i < 18; i++) {
            assertEquals(i, batch.indices()[i]);
            assertEquals(1f / 9, batch.weights()[i]);
        }
    }

    @Test
    void moreThanAllPatchesIsRefusedWithTheKey() {
        BadInputException refused = assertThrows(
                BadInputException.class,
                () -> new MaskSampler(new BlockMaskGenerator(8, 8, 32), 0.5, new Range(0.1, 1.5)));
        assertEquals("ibot.mask_ratio_min_max", refused.where());
    }
}
