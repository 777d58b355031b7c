package org.dinobench.torch.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    /** A tensor of every type, strided, empty and scalar ones among them. */
    static Map<String, Tensor> everyType() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Tensor values = Tensors.of(new float[] {-2, 0.5f, 3, 100, 0, -7}, 2, 3);
        for (TensorType type : TensorType.values()) {
            tensors.put("of " + type, values.to(type.torch()));
        }
        tensors.put("strided", values.t());
        tensors.put("empty", torch.zeros(0, 4));
        tensors.put("scalar", torch.ones(new long[0]));
        return tensors;
    }

    static void assertSame(Map<String, Tensor> expected, TensorFile file) {
        assertEquals(expected.keySet(), file.entries().keySet().stream().collect(Collectors.toSet()));
        expected.forEach((name, tensor) -> {
            Tensor read = file.read(name);
            assertEquals(tensor.scalar_type().intern(), read.scalar_type().intern(), name);
            assertArrayEquals(Tensors.shape(tensor), Tensors.shape(read), name);
            assertArrayEquals(Tensors.doubles(tensor), Tensors.doubles(read), 0, name);
        });
    }

    @Test
    void everyTypeGoesOutAndIn() throws IOException {
        Torch.start();
        Path path = folder.resolve("a.safetensors");
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> tensors = everyType();
            Safetensors.write(path, tensors, Map.of("note", "grün"));
            try (TensorFile file = Safetensors.open(path)) {
                assertSame(tensors, file);
                assertEquals(Map.of("note", "grün"), file.metadata());
                assertEquals(List.of(3L, 2L), file.entries().get("strided").shape());
                assertThrows(IllegalArgumentException.class, () -> file.read("no such"));
            }
            long header = ByteBuffer.wrap(Files.readAllBytes(path))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong(0);
            assertEquals(0, header % 8, "data are aligned");
        }
    }

    @Test
    void aBooleanFileCannotSmuggleOtherBytesIn() throws IOException {
        Path path = write("{\"a\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}", new byte[] {0, 77});
        try (TensorScope scope = TensorScope.open();
                TensorFile file = Safetensors.open(path)) {
            assertArrayEquals(new long[] {0, 1}, Tensors.longs(file.read("a")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | overlap
        {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | hole
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | 4 | needs 8 bytes
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | 4 | 4 follow
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | 12 | 12 follow
        {"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}} | 8 | C64
        {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}} | 4 | -1
        {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}} | 4 | 1.5
        {"a":{"dtype":"F32","shape":[1000000000000,1000000000000],"data_offsets":[0,4]}} | 4 | memory
        {"a":{"dtype":"F32","shape":[9000000000000000000],"data_offsets":[0,4]}} | 4 | size
        {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}} | 4 | range
        {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}} | 4 | offset
        {"a":{"dtype":"F32","shape":[1]}} | 4 | range
        {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 4 | JSON
        [1,2] | 0 | object
        {"a": | 0 | JSON
        {} trailing | 0 | JSON
        """)
    void unsoundHeadersAreRefused(String header, int bytes, String says) throws IOException {
        BadInputException refused =
                assertThrows(BadInputException.class, () -> Safetensors.open(write(header, new byte[bytes]))
                        .close());
        assertTrue(refused.getMessage().contains(says), refused.getMessage());
    }

    @Test
    void brokenLengthsAreRefused() throws IOException {
        for (long length : new long[] {0, -1, Long.MAX_VALUE, 1L << 40, 1000}) {
            Path path = folder.resolve("length");
            ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(0, length);
            Files.write(path, bytes.array());
            assertThrows(BadInputException.class, () -> Safetensors.open(path).close());
        }
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        assertThrows(BadInputException.class, () -> Safetensors.open(empty).close());
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .array());
        out.writeBytes(json);
        out.writeBytes(data);
        return Files.write(folder.resolve("b.safetensors"), out.toByteArray());
    }
}
