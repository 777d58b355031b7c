package org.dinobench.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dinobench.cluster.ProductProgram;
import org.eclipse.core.runtime.FileLocator;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * The program under test as a product that is there already: the classes and jars of this very process.
 *
 * @param outside where other hosts see the home folder of this one
 */
record ClassPathProduct(Path outside) implements ProductProgram {
    /** A folder that any machine has, as the product's, with a file that is in it. */
    static final String FOLDER = "/etc";

    @Override
    public Map<String, Path> files() {
        return Map.of();
    }

    @Override
    public String mark() {
        return "passwd";
    }

    @Override
    public List<String> command(String java, String folder, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dorg.bytedeco.javacpp.cachedir=" + seen(javacppCache()),
                "-cp",
                classPath(),
                CommandLineMain.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Variables under which libtorch is found, not fetched. */
    Map<String, String> variables() {
        String cache = System.getenv("DJL_CACHE_DIR");
        String found = cache == null ? System.getProperty("user.home") + "/.djl.ai" : cache;
        return Map.of("DJL_CACHE_DIR", seen(found), "OMP_NUM_THREADS", "1", "OFFLINE", "false");
    }

    private static String javacppCache() {
        return System.getProperty("org.bytedeco.javacpp.cachedir", System.getProperty("user.home") + "/.javacpp/cache");
    }

    private String seen(String path) {
        String home = System.getProperty("user.home") + "/";
        return path.startsWith(home) ? outside + "/" + path.substring(home.length()) : path;
    }

    private String classPath() {
        Bundle own = FrameworkUtil.getBundle(ClassPathProduct.class);
        Set<String> parts = new LinkedHashSet<>();
        if (own == null) {
            for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
                parts.add(seen(part));
            }
        } else {
            parts.add(seen(FrameworkUtil.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath()));
            for (Bundle bundle : own.getBundleContext().getBundles()) {
                places(bundle).forEach(place -> parts.add(seen(place)));
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    /** A jar, or a folder with classes and jars as the build fills it. */
    private static List<String> places(Bundle bundle) {
        Optional<File> location = FileLocator.getBundleFileLocation(bundle);
        if (location.isEmpty()) {
            return List.of(); // the framework itself, which is there already
        }
        Path place = location.get().toPath().toAbsolutePath().normalize();
        if (!Files.isDirectory(place)) {
            return Files.isRegularFile(place) ? List.of(place.toString()) : List.of();
        }
        List<String> parts =
                new ArrayList<>(List.of(place.toString(), place + "/target/classes", place + "/target/test-classes"));
        if (Files.isDirectory(place.resolve("lib"))) {
            try (Stream<Path> jars = Files.list(place.resolve("lib"))) {
                jars.sorted().forEach(jar -> parts.add(jar.toString()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return parts;
    }
}
