package org.dinobench.evaluation.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dinobench.core.io.Json;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.VitConfigJson;

/** What files with a program say of themselves: the card in short, the network's shape and how images are prepared. */
final class ProgramMetadata {
    private ProgramMetadata() {}

    /** One JSON object. */
    static ObjectNode json(ExportRequest request) {
        EvalTransform transform = request.transform();
        ModelCard card = request.card();
        ObjectNode node = Json.object();
        node.put("name", card.name()).put("licence", card.licence());
        node.set("config", VitConfigJson.write(request.network().config()));
        node.put("input_size", transform.size());
        node.put("any_size", !request.options().fixedSize());
        node.put("resize_shorter_side", transform.resize());
        numbers(node.putArray("mean"), transform.normalization().mean());
        numbers(node.putArray("std"), transform.normalization().std());
        ObjectNode provenance = node.putObject("provenance");
        card.provenance().forEach(provenance::put);
        ObjectNode metrics = node.putObject("metrics");
        card.metrics().forEach(metrics::put);
        return node;
    }

    /** The same as texts by name. */
    static Map<String, String> texts(ExportRequest request) {
        Map<String, String> texts = new LinkedHashMap<>();
        json(request)
                .properties()
                .forEach(entry -> texts.put(
                        entry.getKey(),
                        entry.getValue().isValueNode()
                                ? entry.getValue().asText()
                                : entry.getValue().toString()));
        return texts;
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }
}
