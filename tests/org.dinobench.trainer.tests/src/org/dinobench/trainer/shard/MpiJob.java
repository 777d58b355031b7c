package org.dinobench.trainer.shard;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.imaging.loader.CropLoader;

/** A main class of the tests, started as ranks under {@code mpirun}, or alone. */
public final class MpiJob implements AutoCloseable {
    /** Classes of the jars that ranks need, each with a class whose bundle uses it. */
    private static final Map<String, Class<?>> JARS = Map.of(
            "com.fasterxml.jackson.databind.ObjectMapper", TrainSpec.class,
            "com.fasterxml.jackson.core.JsonFactory", TrainSpec.class,
            "com.fasterxml.jackson.annotation.JsonInclude", ObjectMapper.class,
            "org.snakeyaml.engine.v2.api.Load", TrainSpec.class,
            "org.opencv.core.Mat", CropLoader.class);

    private final Process process;
    private final Path output;

    private MpiJob(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Whether this machine can start ranks. */
    static boolean isPossible() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mpirun")));
    }

    static MpiJob start(Path folder, int ranks, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("mpirun", "--oversubscribe", "-np", "" + ranks));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--allow-run-as-root");
        }
        return start(folder, command, main, arguments);
    }

    /** One process without a launcher, which may take so much address space and no more. */
    public static MpiJob alone(Path folder, int limitGib, Class<?> main, String... arguments) throws IOException {
        String limited = "ulimit -v " + (limitGib << 20) + "; exec \"$@\"";
        return start(folder, List.of("sh", "-c", limited, "limited"), main, arguments);
    }

    private static MpiJob start(Path folder, List<String> launcher, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-ea",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "job", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("OMP_NUM_THREADS", "1");
        // started from a rank itself, this would be taken for a part of that job
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("OMPI_") || name.startsWith("PMIX_") || name.startsWith("PRTE_"));
        return new MpiJob(builder.start(), output);
    }

    /** Its process, of ranks that of the launcher. */
    public long pid() {
        return process.pid();
    }

    /** Everything that the ranks and the launcher have printed so far. */
    public String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** The exit code, or -1 when the job still runs after the time given. */
    public int await(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Plain Java: as this one's. Inside OSGi: the folders that the build has filled, and the jars in use. */
    private static String classPath() throws IOException {
        if (MpiJob.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
            return System.getProperty("java.class.path");
        }
        Path root = Path.of(System.getProperty("dinobench.root"));
        List<Path> parts = new ArrayList<>();
        for (String bundle : List.of("core", "imaging", "torch", "torch.linux.x86_64", "model", "losses", "trainer")) {
            Path folder = root.resolve("bundles").resolve("org.dinobench." + bundle);
            parts.add(folder);
            parts.add(folder.resolve("target/classes"));
            if (Files.isDirectory(folder.resolve("lib"))) {
                try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
                    jars.sorted().forEach(parts::add);
                }
            }
        }
        Path tests = root.resolve("tests/org.dinobench.trainer.tests/target");
        parts.add(tests.resolve("classes"));
        parts.add(tests.resolve("test-classes"));
        for (Map.Entry<String, Class<?>> jar : JARS.entrySet()) {
            parts.add(whereabouts(jar.getKey(), jar.getValue()));
        }
        return String.join(
                File.pathSeparator, parts.stream().map(Path::toString).toList());
    }

    private static Path whereabouts(String name, Class<?> user) throws IOException {
        try {
            return Path.of(user.getClassLoader()
                    .loadClass(name)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IOException("Where " + name + " lies", e);
        }
    }
}
