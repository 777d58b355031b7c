package org.dinobench.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.dinobench.core.io.Json;
import org.junit.jupiter.api.Test;

class CollectivesComparisonTest {
    private static JsonNode line(String operation, String type, long bytes, double seconds) {
        return Json.object()
                .put("operation", operation)
                .put("type", type)
                .put("ranks", 2)
                .put("bytes", bytes)
                .put("seconds", seconds)
                .put("gigabytesPerSecond", bytes / 2 / seconds / 1e9);
    }

    @Test
    void theBestOfAllRoundsCountsOnEachSide() {
        CollectivesComparison comparison = new CollectivesComparison();
        comparison.ours(List.of(line("all_gather", "float32", 1 << 20, 4e-4), line("all_gather", "float16", 64, 1e-6)));
        comparison.theirs(List.of(line("all_gather", "float32", 1 << 20, 1e-4)));
        comparison.ours(List.of(line("all_gather", "float32", 1 << 20, 2e-4)));
        comparison.theirs(List.of(line("all_gather", "float32", 1 << 20, 3e-4)));
        List<ObjectNode> lines = comparison.lines();
        assertEquals(2, lines.size());
        assertEquals(0.5, lines.get(0).get("ratio").asDouble(), 1e-12);
        assertEquals(1e-4, lines.get(0).get("mpiSeconds").asDouble());
        assertFalse(lines.get(1).has("ratio"), "MPI has no such case");
        List<String> table = comparison.table();
        assertTrue(table.get(1).contains("1024") && table.get(1).endsWith("0.50"), table.get(1));
        assertTrue(table.get(2).endsWith("-"), table.get(2));
    }
}
