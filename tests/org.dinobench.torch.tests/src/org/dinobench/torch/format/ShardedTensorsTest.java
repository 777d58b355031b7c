package org.dinobench.torch.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardedTensorsTest {
    private static final int RANKS = 3;
    private static final List<String> KINDS =
            List.of("student.", "average.", "optimizer.exp_avg.", "optimizer.exp_avg_sq.");

    @TempDir
    Path folder;

    private TensorScope scope;

    @BeforeEach
    void open() {
        Torch.start();
        scope = TensorScope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** One unit of 2 x 3 and 4 values, of which three ranks hold 4, 4 and 2. */
    private ObjectNode write() throws IOException {
        ObjectNode index = new ObjectMapper().createObjectNode();
        index.put("ranks", RANKS);
        ObjectNode files = index.putObject("files");
        for (int rank = 0; rank < RANKS; rank++) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            if (rank == 0) {
                tensors.put("objective.centre", Tensors.of(new float[] {7}, 1));
            }
            int count = rank == 2 ? 2 : 4;
            for (String kind : KINDS) {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = 100 * KINDS.indexOf(kind) + 4 * rank + i;
                }
                tensors.put(kind + "head.u", Tensors.of(values, count));
            }
            Path file = folder.resolve("rank-" + rank + "-of-3.safetensors");
            Safetensors.write(file, tensors, Map.of());
            files.put(file.getFileName().toString(), Files.size(file));
        }
        ParameterSpec.Initializer zeros = ParameterSpec.Initializer.ZEROS;
        try (FlatParameters layout = FlatParameters.create(
                Map.of("head", List.of(ParameterSpec.of("u", "a", zeros, 2, 3), ParameterSpec.of("u", "b", zeros, 4))),
                org.bytedeco.pytorch.global.torch.ScalarType.Float,
                org.dinobench.torch.ComputeDevice.CPU,
                RANKS)) {
            ShardedTensors.describe(index, layout.units());
        }
        return index;
    }

    @Test
    void parametersAreCutOutOfTheStretchesOfAllRanks() throws IOException {
        try (TensorFile file = ShardedTensors.open(folder, write())) {
            assertEquals(List.of(2L, 3L), file.entries().get("student.head.a").shape());
            assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, Tensors.floats(file.read("student.head.a")));
            assertArrayEquals(new float[] {106, 107, 108, 109}, Tensors.floats(file.read("average.head.b")));
            assertArrayEquals(
                    new float[] {300, 301, 302, 303, 304, 305, 306, 307, 308, 309},
                    Tensors.floats(file.read("optimizer.exp_avg_sq.head.u")));
            assertArrayEquals(new float[] {7}, Tensors.floats(file.read("objective.centre")));
            assertFalse(file.entries().containsKey("student.head.u"));
        }
    }

    @Test
    void aMissingOrShortFileIsTold() throws IOException {
        ObjectNode index = write();
        Path file = folder.resolve("rank-1-of-3.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 4));
        BadInputException e = assertThrows(BadInputException.class, () -> ShardedTensors.open(folder, index));
        assertTrue(e.where().endsWith("rank-1-of-3.safetensors"), e.getMessage());
        Files.delete(file);
        assertThrows(BadInputException.class, () -> ShardedTensors.open(folder, index));
    }

    @Test
    void filesThatDoNotAddUpAreTold() throws IOException {
        ObjectNode index = write();
        ((ObjectNode) index.get("units").get(0)).put("count", 11);
        BadInputException e = assertThrows(BadInputException.class, () -> ShardedTensors.open(folder, index));
        assertTrue(e.getMessage().contains("10 of the 11"), e.getMessage());
    }

    @Test
    void tensorsFetchedOneByOneMakeTheSameFile() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensors.of(new float[] {1, 2, 3, 4}, 2, 2));
        tensors.put("a", Tensors.of(new float[] {5}, 1));
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        entries.put("b", new TensorEntry("b", TensorType.F32, List.of(2L, 2L)));
        entries.put("a", new TensorEntry("a", TensorType.F32, List.of(1L)));
        Path whole = folder.resolve("whole.safetensors");
        Path single = folder.resolve("single.safetensors");
        Safetensors.write(whole, tensors, Map.of("k", "v"));
        Safetensors.write(single, entries, tensors::get, Map.of("k", "v"));
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(single));
    }
}
