package org.dinobench.torch.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardLayoutTest {
    @ParameterizedTest
    @CsvSource({"12, 4, 3", "13, 4, 4", "1, 4, 1", "5, 4, 2", "7, 1, 7"})
    void sharesAreEqualAndCoverEverythingOnce(long count, int ranks, long share) {
        ShardLayout layout = new ShardLayout(count, ranks);
        assertEquals(share, layout.share());
        assertEquals(share * ranks, layout.padded());
        long used = 0;
        for (int rank = 0; rank < ranks; rank++) {
            assertTrue(layout.used(rank) == 0 || layout.from(rank) == used);
            used += layout.used(rank);
        }
        assertEquals(count, used);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 2"})
    void refusesNothing(long count, int ranks) {
        assertThrows(IllegalArgumentException.class, () -> new ShardLayout(count, ranks));
    }
}
