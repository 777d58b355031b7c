package org.dinobench.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Starts a second Java process with the classes of a test, whether tests run from folders, jars or inside OSGi. */
public final class ChildJvm {
    private ChildJvm() {}

    /** @param needed one class of each place that must be on the class path */
    public static Process start(Class<?> main, List<Class<?>> needed, List<String> arguments, Path output)
            throws IOException {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> type : needed) {
            places.addAll(places(type));
        }
        places.addAll(places(main));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                String.join(java.io.File.pathSeparator, places),
                main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** A class that {@code type} can see and the tests cannot name. */
    public static Class<?> neighbour(Class<?> type, String name) throws ClassNotFoundException {
        return Class.forName(name, false, type.getClassLoader());
    }

    private static List<String> places(Class<?> type) {
        try {
            Path place = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            // a bundle that runs from its project has its classes below
            Path classes = place.resolve("target").resolve("classes");
            return Files.isDirectory(classes) ? List.of(classes.toString()) : List.of(place.toString());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
