package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankedJobTest {
    @Test
    void ranksGetTheCommandWithoutTheirNumber() {
        assertEquals(
                List.of("curate", "--dataset", "a b", "--json"),
                RankedJob.withoutRanks(List.of("curate", "--ranks", "2", "--dataset", "a b", "--json")));
        assertEquals(List.of("bench", "curate"), RankedJob.withoutRanks(List.of("bench", "curate", "--ranks=4")));
    }
}
