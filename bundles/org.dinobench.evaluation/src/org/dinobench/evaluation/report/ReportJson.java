package org.dinobench.evaluation.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.ConfusionMatrix;

/**
 * Results as JSON: records become objects with snake_case keys, numbers that could not be measured become null. Scores
 * of single images are left out; they are in the file of predictions.
 */
public final class ReportJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .registerModule(new SimpleModule()
                    .addSerializer(ConfusionMatrix.class, new Confusion())
                    .addSerializer(ClassScores.class, new Omitted())
                    .addSerializer(Path.class, new PathText()));

    private ReportJson() {}

    /** The tree of a result record, or of a map or list of such. */
    public static JsonNode of(Object result) {
        return measured(MAPPER.valueToTree(result));
    }

    /** Infinite and undefined numbers become null, as JSON has no word for them. */
    private static JsonNode measured(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(measured(entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, measured(array.get(i)));
            }
        } else if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            return MAPPER.nullNode();
        }
        return node;
    }

    private static final class Confusion extends JsonSerializer<ConfusionMatrix> {
        @Override
        public void serialize(ConfusionMatrix matrix, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartObject();
            out.writeObjectField("classes", matrix.classes());
            out.writeObjectField("counts", matrix.counts());
            out.writeEndObject();
        }
    }

    private static final class Omitted extends JsonSerializer<ClassScores> {
        @Override
        public void serialize(ClassScores scores, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNull();
        }
    }

    /** Jackson's own way writes a URI. */
    private static final class PathText extends JsonSerializer<Path> {
        @Override
        public void serialize(Path path, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(path.toString());
        }
    }
}
