package org.dinobench.trainer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory and processor time of this process. */
final class ProcessMeter {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMeter() {}

    /** Peak resident memory in MiB; 0 on systems without {@code /proc}. */
    static double peakRssMib() {
        return mib("VmHWM:");
    }

    /** Resident memory now in MiB; 0 on systems without {@code /proc}. */
    static double residentMib() {
        return mib("VmRSS:");
    }

    private static double mib(String key) {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(key)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return 0;
    }

    /** Processor time of all threads so far, seconds; NaN where the system does not tell. */
    static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() * 1e-9)
                .orElse(Double.NaN);
    }
}
