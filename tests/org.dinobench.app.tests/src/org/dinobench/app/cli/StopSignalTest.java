package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopSignalTest {
    /** Sent to this very process: were it not taken, no test would be left to tell. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalIsAWishAndTheProcessGoesOn(String name) throws Exception {
        if (isIgnored(name)) {
            System.out.println("StopSignalTest for " + name + " is skipped: whoever started this process has it ignored"
                    + " (as shells do for work in the background), and so it stays");
            abort("SIG" + name + " is ignored here");
        }
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

    /** What is ignored when Java starts stays ignored: that is the rule for work in the background. */
    private static boolean isIgnored(String name) throws IOException {
        int number = name.equals("INT") ? 2 : 15;
        String mask = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("SigIgn:\\s*", "");
        return (Long.parseUnsignedLong(mask, 16) >> (number - 1) & 1) == 1;
    }
}
