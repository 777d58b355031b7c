package org.dinobench.curator;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.imaging.ImageReader;

/** Starts main classes of these tests in Java processes of their own. */
final class ChildJava {
    private static final List<String> BUNDLES = List.of(
            "org.dinobench.core",
            "org.dinobench.imaging",
            "org.dinobench.torch",
            "org.dinobench.torch.linux.x86_64",
            "org.dinobench.model",
            "org.dinobench.faiss",
            "org.dinobench.faiss.linux.x86_64",
            "org.dinobench.curator");

    private ChildJava() {}

    /** The command of a process. @param before what starts Java, such as {@code mpirun -np 2}; may be empty */
    static List<String> command(List<String> before, Class<?> main, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** The process, its output in a file; a rank among these tests would otherwise hand its job on. */
    static Process start(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("OMPI_") || name.startsWith("PMIX_") || name.startsWith("PRTE_"));
        return builder.start();
    }

    /** Plain Java: as this one's. Inside OSGi: where the classes of the bundles come from. */
    private static String classPath() throws Exception {
        if (ChildJava.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
            return System.getProperty("java.class.path");
        }
        Path root = Path.of(System.getProperty("dinobench.root"));
        Set<Path> parts = new LinkedHashSet<>();
        for (String bundle : BUNDLES) {
            addFolder(parts, root.resolve("bundles").resolve(bundle));
        }
        ClassLoader core = Catalog.class.getClassLoader();
        for (String name : List.of(
                "com.fasterxml.jackson.core.JsonFactory",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "org.duckdb.DuckDBConnection",
                "org.snakeyaml.engine.v2.api.Load")) {
            add(parts, Class.forName(name, false, core));
        }
        ClassLoader jackson = Class.forName("com.fasterxml.jackson.databind.ObjectMapper", false, core)
                .getClassLoader();
        add(parts, Class.forName("com.fasterxml.jackson.annotation.JsonProperty", false, jackson));
        add(parts, Class.forName("org.opencv.core.Mat", false, ImageReader.class.getClassLoader()));
        Path tests = root.resolve("tests/org.dinobench.curator.tests/target");
        parts.add(tests.resolve("classes"));
        parts.add(tests.resolve("test-classes"));
        return String.join(
                File.pathSeparator, parts.stream().map(Path::toString).toList());
    }

    /** The folder of a bundle of ours with what the build has put into it. */
    private static void addFolder(Set<Path> parts, Path folder) throws IOException {
        parts.add(folder);
        parts.add(folder.resolve("target/classes"));
        Path lib = folder.resolve("lib");
        if (Files.isDirectory(lib)) {
            try (Stream<Path> jars = Files.list(lib)) {
                jars.sorted().forEach(parts::add);
            }
        }
    }

    /** The jar of a class of others. */
    private static void add(Set<Path> parts, Class<?> type) throws URISyntaxException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        parts.add(Path.of(source.getLocation().toURI()));
    }
}
