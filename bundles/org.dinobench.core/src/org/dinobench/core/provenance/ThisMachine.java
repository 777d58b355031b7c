package org.dinobench.core.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.run.HostName;

/** What this computer is. */
public final class ThisMachine {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private ThisMachine() {}

    /** The machine that this process runs on. */
    public static Provenance.Machine describe() {
        return new Provenance.Machine(
                HostName.get(),
                Runtime.getRuntime().availableProcessors(),
                memoryKilobytes("MemTotal") * 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
    }

    /** Bytes that new work can use without swapping; 0 when the system does not tell. */
    public static long availableMemoryBytes() {
        return memoryKilobytes("MemAvailable") * 1024;
    }

    private static long memoryKilobytes(String key) {
        if (!Files.isReadable(MEMINFO)) {
            return 0;
        }
        try {
            List<String> lines = Files.readAllLines(MEMINFO);
            for (String line : lines) {
                if (line.startsWith(key + ":")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return 0;
        } catch (IOException e) {
            // a record without the memory is better than a run that fails for it
            return 0;
        }
    }
}
