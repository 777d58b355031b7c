package org.dinobench.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recorded set of tensors of the reference implementation, read without any code of the bundles under test. */
public final class GoldenFile {
    private final JsonNode header;
    private final ByteBuffer data;

    /** @param name file name without its ending */
    public GoldenFile(String name) throws IOException {
        Path folder = Path.of(System.getProperty("dinobench.golden", "../golden"));
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] json = new byte[(int) all.getLong()];
        all.get(json);
        header = new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
        data = all.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The shape of a tensor. */
    public int[] shape(String tensor) {
        JsonNode shape = header.get(tensor).get("shape");
        int[] sizes = new int[shape.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape.get(i).asInt();
        }
        return sizes;
    }

    /** Values of a float32 tensor. */
    public float[] floats(String tensor) {
        ByteBuffer slice = slice(tensor, "F32");
        float[] values = new float[slice.remaining() / 4];
        slice.asFloatBuffer().get(values);
        return values;
    }

    /** Values of an int64 tensor. */
    public int[] ints(String tensor) {
        ByteBuffer slice = slice(tensor, "I64");
        int[] values = new int[slice.remaining() / 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.toIntExact(slice.getLong());
        }
        return values;
    }

    private ByteBuffer slice(String tensor, String dtype) {
        JsonNode entry = header.get(tensor);
        if (!dtype.equals(entry.get("dtype").asText())) {
            throw new IllegalArgumentException(
                    tensor + " is " + entry.get("dtype").asText());
        }
        int begin = entry.get("data_offsets").get(0).asInt();
        int end = entry.get("data_offsets").get(1).asInt();
        return data.slice(begin, end - begin).order(ByteOrder.LITTLE_ENDIAN);
    }
}
