package org.dinobench.cluster;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start. Arguments reach it as they are: no shell looks at them.
 *
 * @param arguments the program and its arguments, not empty
 * @param workingDirectory where it runs
 * @param environment variables to set on top of what is inherited
 */
public record WorkerCommand(List<String> arguments, Path workingDirectory, Map<String, String> environment) {
    private static final Map<String, String> STANDARD = Map.of(
            // one arena that keeps its memory: training steps allocate the same large blocks again and again
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "4294967296",
            "MALLOC_TOP_PAD_", "268435456",
            // threads that wait must not burn the cores that data loading needs, but sleeping at once costs a wake-up
            // at each of a step's many small operations: they look a thousand times, some microseconds, first
            "OMP_WAIT_POLICY", "PASSIVE",
            "GOMP_SPINCOUNT", "1000",
            "OPENBLAS_NUM_THREADS", "1");

    /** Copies its parts. @throws IllegalArgumentException when there is no program */
    public WorkerCommand {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("A command needs a program");
        }
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** A command with the settings of memory and threads that workers run best with. */
    public static WorkerCommand of(List<String> arguments, Path workingDirectory) {
        return new WorkerCommand(arguments, workingDirectory, STANDARD);
    }

    /** The settings of memory and threads that workers run best with. */
    public static Map<String, String> standardEnvironment() {
        return STANDARD;
    }

    /** The same with one more variable, or another value for one. */
    public WorkerCommand with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new WorkerCommand(arguments, workingDirectory, more);
    }
}
