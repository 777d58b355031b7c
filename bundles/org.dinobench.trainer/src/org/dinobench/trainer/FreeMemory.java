package org.dinobench.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a new process could take: what the system has free, within the limit of the process's group. */
public final class FreeMemory {
    private static final Path SYSTEM = Path.of("/proc/meminfo");
    private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");
    private static final Path USED = Path.of("/sys/fs/cgroup/memory.current");

    private FreeMemory() {}

    /** Bytes; empty on systems that do not tell. */
    public static OptionalLong bytes() {
        return read(SYSTEM, LIMIT, USED);
    }

    static OptionalLong read(Path system, Path limit, Path used) {
        try {
            if (!Files.isReadable(system)) {
                return OptionalLong.empty();
            }
            OptionalLong free = Files.readAllLines(system).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
            if (free.isEmpty() || !Files.isReadable(limit) || !Files.isReadable(used)) {
                return free;
            }
            String most = Files.readString(limit).strip();
            return most.equals("max")
                    ? free
                    : OptionalLong.of(Math.min(
                            free.getAsLong(),
                            Math.max(
                                    0,
                                    Long.parseLong(most)
                                            - Long.parseLong(
                                                    Files.readString(used).strip()))));
        } catch (IOException | NumberFormatException untold) {
            return OptionalLong.empty(); // the same as a system without these files: nothing is refused then
        }
    }
}
