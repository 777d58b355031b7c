package org.dinobench.core.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
    @TempDir
    Path folder;

    @Test
    void aRecordSurvivesAndChains() throws Exception {
        Path input = Files.writeString(folder.resolve("manifest.csv"), "path\n");
        Provenance first = Provenance.begin(
                        "curate",
                        List.of(Provenance.Input.of("manifest", input)),
                        "k: 64\n",
                        OptionalLong.of(7),
                        Map.of("dinobench", "0.1.0"))
                .ended();
        Path file = folder.resolve("provenance.json");
        first.write(file);
        assertEquals(first, Provenance.read(file));
        Provenance second = Provenance.begin("train", List.of(), "", OptionalLong.empty(), Map.of())
                .withParent(Provenance.Parent.of(file));
        Path next = folder.resolve("next.json");
        second.write(next);
        assertEquals(second, Provenance.read(next));
        assertEquals(64, second.parents().get(0).sha256().length());
        assertTrue(first.machine().cores() >= 1);
    }

    @Test
    void aDamagedRecordIsBadInput() throws Exception {
        Path file = Files.writeString(folder.resolve("p.json"), "{\"step\": \"x\", \"start\": \"yesterday\"}");
        assertThrows(BadInputException.class, () -> Provenance.read(file));
    }
}
