package org.dinobench.torch.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PthTest {
    @TempDir
    Path folder;

    /** Pickle codes as Python writes them. */
    private static final class Pickle {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Pickle() {
            raw(0x80, 2);
        }

        Pickle raw(int... codes) {
            for (int code : codes) {
                out.write(code);
            }
            return this;
        }

        Pickle ascii(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Pickle text(String text) {
            return raw('X', text.length(), 0, 0, 0).ascii(text);
        }

        Pickle storage(String type, String key, int count) {
            return raw('(').text("storage")
                    .ascii("ctorch\n" + type + "\n")
                    .text(key)
                    .text("cpu")
                    .raw('K', count, 't');
        }

        /** A tensor of two dimensions over floats. */
        Pickle tensor(String key, int stored, int offset, int rows, int columns, int rowStride, int columnStride) {
            return ascii("ctorch._utils\n_rebuild_tensor_v2\n")
                    .raw('(')
                    .storage("FloatStorage", key, stored)
                    .raw('Q', 'K', offset, 'K', rows, 'K', columns, 0x86, 'K', rowStride, 'K', columnStride, 0x86)
                    .raw(0x89)
                    .ascii("ccollections\nOrderedDict\n")
                    .raw(')', 'R', 't', 'R');
        }

        byte[] end() {
            return raw('.').out.toByteArray();
        }
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private Path zip(byte[] pickle, byte[] data) throws IOException {
        Path path = folder.resolve("z.pth");
        try (OutputStream out = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(pickle);
            zip.putNextEntry(new ZipEntry("archive/data/0"));
            zip.write(data);
        }
        return path;
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Torch.start();
        Path path = folder.resolve("a.pth");
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> tensors = SafetensorsTest.everyType();
            PthWriter.write(path, tensors, List.of("teacher", "backbone"));
            Map<String, Tensor> expected = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> expected.put("teacher.backbone." + name, tensor));
            try (TensorFile file = PthReader.open(path)) {
                SafetensorsTest.assertSame(expected, file);
            }
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            assertEquals(48, zip.getEntry("archive/data/0").getSize(), "6 doubles");
        }
    }

    @Test
    void viewsOfOneStorageWithStridesAndNestedContainers() throws IOException {
        Pickle pickle = new Pickle()
                .ascii("ccollections\nOrderedDict\n")
                .raw(')', 'R', 'q', 1, '(')
                .text("model")
                .raw('}', '(')
                .text("whole")
                .tensor("0", 6, 0, 2, 3, 3, 1)
                .text("turned")
                .tensor("0", 6, 0, 3, 2, 1, 3)
                .text("tail")
                .tensor("0", 6, 4, 1, 2, 2, 1)
                .raw('u')
                .text("epoch")
                .raw('K', 7)
                .text("rates")
                .raw(']', 'G')
                .raw(0x3f, 0xe0, 0, 0, 0, 0, 0, 0)
                .raw('a', 'u', '}')
                .text("_metadata")
                .raw('}', 's', 'b');
        Path path = zip(pickle.end(), floats(1, 2, 3, 4, 5, 6));
        try (TensorScope scope = TensorScope.open();
                PthReader file = PthReader.open(path)) {
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, Tensors.floats(file.read("model.whole")));
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, Tensors.floats(file.read("model.turned")));
            assertArrayEquals(new float[] {5, 6}, Tensors.floats(file.read("model.tail")));
            assertEquals(Map.of("epoch", "7", "rates.0", "0.5"), file.metadata());
        }
    }

    @Test
    void theOlderPlainFormIsRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new Pickle()
                .raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .end());
        out.writeBytes(new Pickle().raw('M', 0xe9, 3).end());
        out.writeBytes(new Pickle().raw('}').end());
        Pickle tensor = new Pickle()
                .raw('}')
                .text("w")
                .ascii("ctorch._utils\n_rebuild_tensor_v2\n")
                .raw('(', '(')
                .text("storage")
                .ascii("ctorch\nFloatStorage\n")
                .text("93")
                .text("cpu")
                .raw('K', 4, 'N', 't', 'Q', 'K', 0, 'K', 4, 0x85, 'K', 1, 0x85, 0x89)
                .ascii("ccollections\nOrderedDict\n")
                .raw(')', 'R', 't', 'R', 's');
        out.writeBytes(tensor.end());
        out.writeBytes(new Pickle().raw(']').text("93").raw('a').end());
        out.writeBytes(new byte[] {4, 0, 0, 0, 0, 0, 0, 0});
        out.writeBytes(floats(1, -2, 3, -4));
        Path path = Files.write(folder.resolve("old.pth"), out.toByteArray());
        try (TensorScope scope = TensorScope.open();
                TensorFile file = PthReader.open(path)) {
            assertArrayEquals(new float[] {1, -2, 3, -4}, Tensors.floats(file.read("w")));
        }
        byte[] shorter = Arrays.copyOf(out.toByteArray(), out.size() - 3);
        Path cut = Files.write(folder.resolve("cut.pth"), shorter);
        assertThrows(BadInputException.class, () -> PthReader.open(cut).close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix\nsystem", "builtins\neval", "torch.storage\n_load_from_bytes", "numpy\ndtype"})
    void otherPythonObjectsAreRefusedByName(String global) throws IOException {
        byte[] attack =
                new Pickle().ascii("c" + global + "\n").text("x").raw(0x85, 'R').end();
        BadInputException refused = assertThrows(BadInputException.class, () -> PthReader.open(zip(attack, new byte[0]))
                .close());
        assertTrue(refused.getMessage().contains(global.replace('\n', '.')), refused.getMessage());
    }

    @Test
    void tensorsBeyondTheirStorageAreRefused() {
        assertRefused(new Pickle().tensor("0", 6, 3, 2, 3, 3, 1), 24, "beyond its storage");
        assertRefused(new Pickle().tensor("0", 6, 0, 2, 3, 200, 1), 24, "beyond its storage");
        assertRefused(new Pickle().tensor("0", 6, 0, 2, 3, 3, 1), 20, "24 bytes");
        assertRefused(new Pickle().tensor("1", 6, 0, 2, 3, 3, 1), 24, "24 bytes");
    }

    @Test
    void damagedPicklesAreRefused() {
        assertRefused(new Pickle().raw('u'), 0, "damaged");
        assertRefused(new Pickle().raw('h', 9), 0, "not there");
        assertRefused(new Pickle().raw('X', 255, 255, 255, 255), 0, "text");
        assertRefused(new Pickle().raw('X', 255, 0, 0, 0), 0, "too early");
        assertRefused(new Pickle().raw(0xff), 0, "0xff");
        assertRefused(new Pickle().raw('}', '}', 'N', 's'), 0, "key");
        // a list that holds itself
        assertRefused(new Pickle().raw(']', 'q', 1, 'h', 1, 'a'), 0, "nested");
    }

    private void assertRefused(Pickle pickle, int bytes, String says) {
        byte[] content = pickle.end();
        BadInputException refused =
                assertThrows(BadInputException.class, () -> PthReader.open(zip(content, new byte[bytes]))
                        .close());
        assertTrue(refused.getMessage().contains(says), refused.getMessage());
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("t.pth"), "hello world, this is no model");
        assertThrows(BadInputException.class, () -> PthReader.open(text).close());
        Path cut = Files.write(folder.resolve("c.pth"), new byte[] {'P', 'K', 3, 4, 0, 0, 0});
        assertThrows(BadInputException.class, () -> PthReader.open(cut).close());
        Path empty = Files.write(folder.resolve("e.pth"), new byte[0]);
        assertThrows(BadInputException.class, () -> PthReader.open(empty).close());
    }
}
