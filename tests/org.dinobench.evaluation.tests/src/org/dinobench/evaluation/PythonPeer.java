package org.dinobench.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python with PyTorch and transformers, as the other side of exports: named by the system property
 * {@code dinobench.python} or the environment variable {@code DINOBENCH_PYTHON}.
 */
public final class PythonPeer {
    private static final Map<String, Optional<PythonPeer>> KNOWN = new ConcurrentHashMap<>();

    private static final int LONGEST_SECONDS = 600;

    private final String python;

    private PythonPeer(String python) {
        this.python = python;
    }

    /** The peer; without one the test is skipped and says why. Importing takes seconds, so it is tried once. */
    public static PythonPeer find(String modules) throws IOException, InterruptedException {
        Optional<PythonPeer> known = KNOWN.get(modules);
        if (known == null) {
            known = Optional.ofNullable(look(modules));
            KNOWN.put(modules, known);
        }
        return known.orElseGet(() -> Assumptions.abort("There is no Python with " + modules));
    }

    private static PythonPeer look(String modules) throws IOException, InterruptedException {
        String python = System.getProperty("dinobench.python", System.getenv("DINOBENCH_PYTHON"));
        if (python == null || python.isEmpty()) {
            System.out.println("SKIPPED: no Python is named by DINOBENCH_PYTHON, which needs " + modules);
            return null;
        }
        Path log = Files.createTempFile("python", ".log");
        Process process = new ProcessBuilder(python, "-c", "import " + modules)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            System.out.println("SKIPPED: " + python + " cannot import " + modules + ": " + Files.readString(log));
            Files.delete(log);
            return null;
        }
        Files.delete(log);
        return new PythonPeer(python);
    }

    /** Runs a program and returns what it prints; anything but exit 0 fails the test. */
    public String run(Path folder, String program, String... arguments) throws IOException, InterruptedException {
        Path script = folder.resolve("peer.py");
        Path log = folder.resolve("peer.log");
        Files.writeString(script, program);
        List<String> command = new ArrayList<>(List.of(python, script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("HF_HUB_OFFLINE", "1");
        Process process = builder.start();
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertTrue(ended, "not done after " + LONGEST_SECONDS + " s:\n" + output);
        assertEquals(0, process.exitValue(), output);
        return output;
    }
}
