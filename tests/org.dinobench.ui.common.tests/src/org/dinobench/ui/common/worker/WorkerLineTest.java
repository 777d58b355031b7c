package org.dinobench.ui.common.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerLineTest {
    @Test
    void progressLinesGiveStageAndShare() {
        WorkerLine line = WorkerLine.parse("Decoding images: 40 of 1,000 (4 %), about 3 s left")
                .orElseThrow();
        assertEquals("Decoding images", line.stage());
        assertEquals(0.04, line.share(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Decoding images", "k-NN: 52.3 % right", "a: b (400 %)", "about 20 % of all"})
    void otherLinesGiveNothing(String line) {
        assertTrue(WorkerLine.parse(line).isEmpty());
    }
}
