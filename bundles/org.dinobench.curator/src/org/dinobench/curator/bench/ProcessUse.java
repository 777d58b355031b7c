package org.dinobench.curator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used so far, as Linux keeps it. */
final class ProcessUse {
    private static final Path SELF = Path.of("/proc/self");

    /** Clock ticks a second: fixed at 100 in Linux's interface to programs. */
    private static final double TICKS = 100;

    private ProcessUse() {}

    /** The greatest resident memory, bytes, or 0 on other systems. */
    static long peakBytes() throws IOException {
        Path status = SELF.resolve("status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return 0;
    }

    /** Processor time of all threads, seconds, or 0 on other systems: it hardly depends on who else is at work. */
    static double cpuSeconds() throws IOException {
        Path stat = SELF.resolve("stat");
        if (!Files.isReadable(stat)) {
            return 0;
        }
        String text = Files.readString(stat);
        // The fields after the name, which is in parentheses: the 12th and 13th are the user and the system time.
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }
}
