package org.dinobench.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dinobench.core.io.Json;
import org.junit.jupiter.api.Test;

/** Every set of reference numbers is compared with by some test. */
class GoldenCoverageTest {
    private static final Path ROOT = Path.of(System.getProperty("dinobench.root"));

    @Test
    void everyEntryIsNamedInATest() throws IOException {
        Path golden = Path.of(System.getProperty("dinobench.golden"));
        List<String> sources = sources();
        List<String> forgotten = new ArrayList<>();
        int entries = 0;
        for (String manifest : List.of("manifest_units.json", "manifest_train.json")) {
            ObjectNode listed = Json.readObject(golden.resolve(manifest));
            for (var entry : listed.properties()) {
                assertTrue(
                        Files.isRegularFile(
                                golden.resolve(entry.getValue().path("file").asText())),
                        entry.getKey());
                entries++;
                String name = entry.getKey();
                if (sources.stream().noneMatch(source -> source.matches("(?s).*\"" + name + "[\", .].*"))) {
                    forgotten.add(name);
                }
            }
        }
        assertEquals(List.of(), forgotten);
        assertTrue(entries >= 20, entries + " entries");
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("tests"))) {
            for (Path file : files.filter(f -> f.toString().endsWith("Test.java"))
                    .filter(f -> !f.endsWith("GoldenCoverageTest.java"))
                    .toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }
}
