package org.dinobench.core.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;

/** JSON with one configuration for all files of ours: strict, and within limits where the text comes from outside. */
public final class Json {
    /** Largest JSON file that is read, in bytes. */
    public static final int MAX_BYTES = 64 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxStringLength(8 << 20)
                            .maxNumberLength(100)
                            .maxNameLength(4096)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** The shared mapper; it is thread-safe and must not be configured further. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** A new empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads a file that must hold one object.
     *
     * @throws BadInputException when it is missing, too large, or no JSON object
     */
    public static ObjectNode readObject(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new BadInputException(file.toString(), "it is larger than 64 MiB", "this is not the file meant");
            }
            return asObject(file.toString(), MAPPER.readTree(bytes));
        } catch (NoSuchFileException e) {
            throw new BadInputException(file.toString(), "there is no such file", "check the path", e);
        } catch (JsonProcessingException e) {
            throw notJson(file.toString(), e);
        } catch (IOException e) {
            throw new BadInputException(
                    file.toString(), "it cannot be read (" + e.getMessage() + ")", "check its permissions", e);
        }
    }

    /**
     * Parses one object.
     *
     * @param label where the text comes from, for messages
     * @throws BadInputException when it is no JSON object
     */
    public static ObjectNode parseObject(String label, String text) {
        try {
            return asObject(label, MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw notJson(label, e);
        }
    }

    /** Replaces {@code file} by the indented text of {@code value}, atomically. */
    public static void write(Path file, JsonNode value) throws IOException {
        AtomicFiles.writeString(
                file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + System.lineSeparator());
    }

    /** The value in one line, without a line end. */
    public static String line(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of values has no text", e);
        }
    }

    private static ObjectNode asObject(String label, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new BadInputException(label, "it is not a JSON object", "the file may be damaged");
    }

    private static BadInputException notJson(String label, JsonProcessingException e) {
        String place =
                e.getLocation() == null ? label : label + ":" + e.getLocation().getLineNr();
        return new BadInputException(
                place, "this is not valid JSON (" + e.getOriginalMessage() + ")", "the file may be damaged", e);
    }
}
