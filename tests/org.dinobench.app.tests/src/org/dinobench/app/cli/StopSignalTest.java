package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopSignalTest {
    /** Sent to this very process: were it not taken, no test would be left to tell. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalIsAWishAndTheProcessGoesOn(String name) throws Exception {
        try (StopSignal signal = StopSignal.install()) {
            assertFalse(signal.isAsked());
            String self = Long.toString(ProcessHandle.current().pid());
            assertEquals(0, new ProcessBuilder("kill", "-" + name, self).start().waitFor());
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (!signal.isAsked() && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            assertTrue(signal.isAsked());
        }
    }
}
