package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.core.io.Json;

/** The best times of our operations and of MPI's own, case by case. */
final class CollectivesComparison {
    private final Map<String, Case> cases = new LinkedHashMap<>();

    /** A case and the best of each side so far; null: not measured. */
    private static final class Case {
        private JsonNode ours;
        private JsonNode theirs;

        /** Their time by ours; above 1 ours is faster. */
        double ratio() {
            return theirs.get("seconds").asDouble() / ours.get("seconds").asDouble();
        }
    }

    /** Takes a round of our measurement: lines of {@link org.dinobench.torch.collective.CollectiveSpeed}. */
    void ours(List<JsonNode> lines) {
        for (JsonNode line : lines) {
            Case of = of(line);
            of.ours = better(of.ours, line);
        }
    }

    /** Takes a round of the C program, which prints the same. */
    void theirs(List<JsonNode> lines) {
        for (JsonNode line : lines) {
            Case of = of(line);
            of.theirs = better(of.theirs, line);
        }
    }

    private Case of(JsonNode line) {
        String key = line.get("operation").asText() + " " + line.get("type").asText() + " "
                + line.get("bytes").asLong();
        return cases.computeIfAbsent(key, name -> new Case());
    }

    private static JsonNode better(JsonNode a, JsonNode b) {
        return a == null || b.get("seconds").asDouble() < a.get("seconds").asDouble() ? b : a;
    }

    /** A line of JSON for each case, ours with {@code mpiGigabytesPerSecond} and {@code ratio} where MPI has it, too. */
    List<ObjectNode> lines() {
        List<ObjectNode> lines = new ArrayList<>();
        for (Case each : cases.values()) {
            if (each.ours == null) {
                continue;
            }
            ObjectNode line = Json.object();
            line.setAll((ObjectNode) each.ours);
            if (each.theirs != null) {
                line.put("mpiSeconds", each.theirs.get("seconds").asDouble());
                line.put(
                        "mpiGigabytesPerSecond",
                        each.theirs.get("gigabytesPerSecond").asDouble());
                line.put("ratio", each.ratio());
            }
            lines.add(line);
        }
        return lines;
    }

    /** A table for a person. */
    List<String> table() {
        List<String> rows = new ArrayList<>();
        rows.add(String.format(
                "%-15s %-9s %10s %10s %10s %7s", "operation", "type", "KiB", "GB/s", "MPI GB/s", "ratio"));
        for (Case each : cases.values()) {
            if (each.ours == null) {
                continue;
            }
            rows.add(String.format(
                    Locale.ROOT,
                    "%-15s %-9s %10d %10.2f %10s %7s",
                    each.ours.get("operation").asText(),
                    each.ours.get("type").asText(),
                    each.ours.get("bytes").asLong() / 1024,
                    each.ours.get("gigabytesPerSecond").asDouble(),
                    each.theirs == null
                            ? "-"
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f",
                                    each.theirs.get("gigabytesPerSecond").asDouble()),
                    each.theirs == null ? "-" : String.format(Locale.ROOT, "%.2f", each.ratio())));
        }
        rows.add("GB/s: bytes that a process sends by the time of the slowest; ratio: MPI's time by ours, above 1 ours"
                + " is faster");
        return rows;
    }
}
