package org.dinobench.core.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * The numbers of one step: one line of {@code metrics.jsonl}.
 *
 * @param step steps done when this was written
 * @param time seconds since 1970
 * @param images images seen by the run so far
 * @param values the other numbers by name, in order; they may be NaN or infinite
 */
public record MetricsRow(long step, double time, long images, Map<String, Double> values) {
    /** Keeps an unmodifiable copy in the same order. */
    public MetricsRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A row with the present time. */
    public static MetricsRow now(long step, long images, Map<String, Double> values) {
        return new MetricsRow(step, System.currentTimeMillis() / 1000.0, images, values);
    }

    /** The value, or NaN when this row has none of that name. */
    public double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    /** One line of JSON without its end. JSON has no word for NaN and infinities: they are written as texts. */
    public String toLine() {
        ObjectNode node = Json.object();
        node.put("step", step);
        node.put("time", time);
        node.put("images", images);
        values.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                node.put(name, value);
            } else {
                node.put(name, Double.toString(value));
            }
        });
        return Json.line(node);
    }

    /**
     * Reads one line.
     *
     * @param label {@code file:line}, for messages
     * @throws BadInputException when it is no object with a step, or holds anything but numbers
     */
    public static MetricsRow parse(String label, String line) {
        ObjectNode node = Json.parseObject(label, line);
        if (!node.path("step").canConvertToLong()) {
            throw new BadInputException(label, "there is no step", "the file may be damaged");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String name = entry.getKey();
            if (!name.equals("step") && !name.equals("time") && !name.equals("images")) {
                values.put(name, number(label, name, entry.getValue()));
            }
        });
        return new MetricsRow(
                node.path("step").asLong(),
                node.path("time").asDouble(),
                node.path("images").asLong(),
                values);
    }

    private static double number(String label, String name, JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble();
        }
        return switch (value.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new BadInputException(label, name + " is no number", "the file may be damaged");
        };
    }
}
