package org.dinobench.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Reads the golden numbers without the reader of the code under test. */
public final class GoldenFile {
    private final JsonNode header;
    private final ByteBuffer data;

    private GoldenFile(JsonNode header, ByteBuffer data) {
        this.header = header;
        this.data = data;
    }

    public static Path folder() {
        return Path.of(System.getProperty("dinobench.golden"));
    }

    public static GoldenFile open(String name) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(folder().resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        byte[] json = new byte[Math.toIntExact(bytes.getLong())];
        bytes.get(json);
        JsonNode header = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
        return new GoldenFile(header, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    public static JsonNode manifest(String name) throws IOException {
        return new ObjectMapper().readTree(folder().resolve(name).toFile());
    }

    /** Names of all tensors whose name starts with a prefix. */
    public List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        header.fieldNames().forEachRemaining(name -> {
            if (name.startsWith(prefix)) {
                names.add(name);
            }
        });
        Collections.sort(names);
        return names;
    }

    /** A float64 tensor's values. */
    public double[] doubles(String name) {
        JsonNode entry = header.get(name);
        int from = entry.get("data_offsets").get(0).asInt();
        int to = entry.get("data_offsets").get(1).asInt();
        double[] values = new double[(to - from) / Double.BYTES];
        data.slice(from, to - from)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }

    /** An int64 tensor's values. */
    public long[] longs(String name) {
        JsonNode entry = header.get(name);
        int from = entry.get("data_offsets").get(0).asInt();
        int to = entry.get("data_offsets").get(1).asInt();
        long[] values = new long[(to - from) / Long.BYTES];
        data.slice(from, to - from)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(values);
        return values;
    }

    /** A float32 tensor's values. */
    public float[] floats(String name) {
        JsonNode entry = header.get(name);
        int from = entry.get("data_offsets").get(0).asInt();
        int to = entry.get("data_offsets").get(1).asInt();
        float[] values = new float[(to - from) / Float.BYTES];
        data.slice(from, to - from)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    /** A boolean tensor's values. */
    public boolean[] booleans(String name) {
        JsonNode entry = header.get(name);
        int from = entry.get("data_offsets").get(0).asInt();
        int to = entry.get("data_offsets").get(1).asInt();
        boolean[] values = new boolean[to - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(from + i) != 0;
        }
        return values;
    }

    /** A tensor in libtorch's memory, of the current scope. */
    public Tensor tensor(String name) {
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
