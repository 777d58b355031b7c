package org.dinobench.torch.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SingleProcessTest {
    @Test
    void keepsTheContract() {
        try (SingleProcess alone = new SingleProcess()) {
            assertEquals(Map.of(), CollectivesContract.run(alone, name -> {}));
        }
    }

    @Test
    void shardsAsManyRanksDo() {
        try (SingleProcess alone = new SingleProcess()) {
            assertEquals(Map.of(), ShardingContract.run(alone, name -> {}));
        }
    }
}
