package org.dinobench.losses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Reads the golden numbers without the reader of the code under test. */
final class GoldenFile {
    private final JsonNode header;
    private final ByteBuffer data;

    private GoldenFile(JsonNode header, ByteBuffer data) {
        this.header = header;
        this.data = data;
    }

    static Path folder() {
        return Path.of(System.getProperty("dinobench.golden"));
    }

    static GoldenFile open(String name) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(folder().resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        byte[] json = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(json);
        JsonNode header = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
        return new GoldenFile(header, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    static JsonNode manifest(String name) throws IOException {
        return new ObjectMapper().readTree(folder().resolve(name).toFile());
    }

    Tensor tensor(String name) {
        JsonNode entry = header.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("No golden tensor " + name);
        }
        long[] shape = new long[entry.get("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = entry.get("shape").get(i).asLong();
        }
        int from = entry.get("data_offsets").get(0).asInt();
        int to = entry.get("data_offsets").get(1).asInt();
        byte[] raw = new byte[to - from];
        data.get(from, raw);
        ScalarType type =
                switch (entry.get("dtype").asText()) {
                    case "F32" -> ScalarType.Float;
                    case "F64" -> ScalarType.Double;
                    case "I64" -> ScalarType.Long;
                    case "BOOL" -> ScalarType.Bool;
                    default -> throw new IllegalArgumentException(entry.toString());
                };
        BytePointer pointer = new BytePointer(Math.max(raw.length, 1)).put(raw);
        return torch.from_blob(pointer, shape, new TensorOptions(type)).clone();
    }
}
