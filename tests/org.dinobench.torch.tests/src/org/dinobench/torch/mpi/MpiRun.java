package org.dinobench.torch.mpi;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts a main class of the tests as ranks under {@code mpirun}. */
public final class MpiRun implements AutoCloseable {
    private final Process process;
    private final Path output;

    private MpiRun(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Whether this machine can start ranks. */
    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mpirun")));
    }

    public static MpiRun start(Path folder, int ranks, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("mpirun", "--oversubscribe", "-np", "" + ranks));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--allow-run-as-root");
        }
        command.addAll(options);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("OMP_NUM_THREADS", "1");
        // started from a rank itself, this would be taken for a part of that job
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("OMPI_") || name.startsWith("PMIX_") || name.startsWith("PRTE_"));
        return new MpiRun(builder.start(), output);
    }

    /** Everything that the ranks and the launcher have printed so far. */
    public String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exit code, or -1 when the job still runs after the time given. */
    public int await(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Waits until the output holds a line for each rank that begins so and ends in a process id; returns the ids. */
    long[] processIds(String head, int ranks, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && process.isAlive()) {
            long[] ids = new long[ranks];
            int found = 0;
            for (String line : output().split("\n")) {
                String[] words = line.split(" ");
                if (line.startsWith(head) && words.length == 4) {
                    ids[Integer.parseInt(words[1])] = Long.parseLong(words[3]);
                    found++;
                }
            }
            if (found == ranks) {
                return ids;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("The ranks did not come up:\n" + output());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Plain Java: as this one's. Inside OSGi: the folders that the build has filled. */
    private static String classPath() throws IOException {
        if (MpiRun.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
            return System.getProperty("java.class.path");
        }
        Path root = Path.of(System.getProperty("dinobench.root"));
        List<Path> parts = new ArrayList<>();
        for (String bundle : List.of("org.dinobench.core", "org.dinobench.torch", "org.dinobench.torch.linux.x86_64")) {
            Path folder = root.resolve("bundles").resolve(bundle);
            parts.add(folder);
            parts.add(folder.resolve("target/classes"));
            if (Files.isDirectory(folder.resolve("lib"))) {
                try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
                    jars.sorted().forEach(parts::add);
                }
            }
        }
        Path tests = root.resolve("tests/org.dinobench.torch.tests/target");
        parts.add(tests.resolve("classes"));
        parts.add(tests.resolve("test-classes"));
        return String.join(
                File.pathSeparator, parts.stream().map(Path::toString).toList());
    }
}
