package org.dinobench.trainer.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks under mpirun against one process on the concatenated batch; see {@link EqualityRank}. */
class ShardedTrainingTest {
    @TempDir
    Path folder;

    @BeforeEach
    void mpirun() {
        if (!MpiJob.isPossible()) {
            System.out.println("Skipped: mpirun is not installed (Debian: apt-get install openmpi-bin)");
        }
        assumeTrue(MpiJob.isPossible(), "mpirun is not installed");
    }

    @ParameterizedTest
    @CsvSource({"1, pair", "2, all", "3, pair", "4, pair", "4, hybrid"})
    void ranksTrainAsOneProcessAndCostWhatTheFormulasSay(int ranks, String ways) throws Exception {
        try (MpiJob job = MpiJob.start(folder, ranks, EqualityRank.class, ways)) {
            int code = job.await(500);
            String output = job.output();
            List<String> table = lines(output).toList();
            table.stream().filter(line -> line.startsWith("rank 0")).forEach(System.out::println);
            assertEquals(0, code, output);
            assertFalse(output.contains("FAILED"), output);
            assertEquals(ranks * EqualityRank.ways(ways).size(), table.size(), output);
            assertTrue(table.stream().allMatch(line -> line.contains(" held: ")), output);
            List<String> verdicts = output.lines()
                    .filter(line -> line.startsWith("verdict of rank "))
                    .toList();
            assertEquals(ranks, verdicts.size(), output);
            // the same steps and the same factor on all ranks
            assertEquals(
                    1,
                    verdicts.stream()
                            .map(line -> line.substring(line.indexOf(':')))
                            .distinct()
                            .count(),
                    output);
        }
    }

    @Test
    void sixteenBitSumsSendHalf() {
        ShardingCosts costs = ShardingCosts.of(ShardFixture.shape(), 4);
        List<Sharding> shardings = EqualityRank.ways("all").stream()
                .filter(way -> way.name().equals("bf16, all summed in bf16"))
                .map(EqualityRank.Way::sharding)
                .toList();
        long sixteen = costs.reduceBytes(shardings.get(0))
                + costs.gatherBytes(org.bytedeco.pytorch.global.torch.ScalarType.BFloat16, shardings.get(0), 1, 1) / 2;
        // an all-reduce in float32 of as many elements, padding included
        assertEquals(8L * costs.stateBytes() / ShardingCosts.STATE_BYTES * 3, 2 * sixteen);
        assertTrue(costs.plainBytes() <= 2 * sixteen);
    }

    private static Stream<String> lines(String output) {
        return output.lines().filter(line -> line.startsWith("rank "));
    }
}
