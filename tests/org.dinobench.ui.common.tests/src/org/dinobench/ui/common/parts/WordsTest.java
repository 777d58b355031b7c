package org.dinobench.ui.common.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void durationsHaveTheirTwoLargestUnits() {
        assertEquals("8 s", Words.duration(Duration.ofSeconds(8)));
        assertEquals("3 min 05 s", Words.duration(Duration.ofSeconds(185)));
        assertEquals("1 h 05 min", Words.duration(Duration.ofMinutes(65)));
        assertEquals("2 d 01 h", Words.duration(Duration.ofHours(49)));
    }

    @Test
    void sizesAndSharesAreRounded() {
        assertEquals("512 B", Words.bytes(512));
        assertEquals("1.5 KiB", Words.bytes(1536));
        assertEquals("2.0 GiB", Words.bytes(2L << 30));
        assertEquals("52.3 %", Words.percent(0.5234));
        assertEquals("\u2013", Words.percent(Double.NaN));
        assertEquals("100,000", Words.count(100_000));
    }
}
