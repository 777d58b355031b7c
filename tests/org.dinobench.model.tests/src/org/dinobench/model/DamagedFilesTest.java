package org.dinobench.model;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.format.PthWriter;
import org.dinobench.torch.format.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with bytes changed at random places either still open or are refused in words; nothing else happens. */
class DamagedFilesTest {
    private static final int TRIALS = 200;

    @TempDir
    Path folder;

    private static final VitConfig CONFIG =
            new VitConfig("small", 64, 1, 1, 1, 4, 8, 0, Ffn.MLP, 1, true, 0.1, false, 0, true, 3);

    private Path written(String name) throws IOException {
        Path file = folder.resolve(name);
        try (FlatParameters parameters =
                        FlatParameters.create(VisionTransformer.layout(CONFIG)).likeTeacher();
                TensorScope scope = TensorScope.open()) {
            parameters.initialize(1);
            if (name.endsWith(".pth")) {
                PthWriter.write(file, parameters.state(), List.of("teacher"));
            } else {
                Safetensors.write(file, parameters.state(), Map.of());
            }
        }
        return file;
    }

    @Test
    void safetensorsHeaders() throws IOException {
        Path file = written("a.safetensors");
        byte[] sound = Files.readAllBytes(file);
        int header = 8 + (sound[0] & 0xff) + 256 * (sound[1] & 0xff);
        assertTrue(damage(file, sound, 0, header) > TRIALS / 2);
    }

    @Test
    void pickles() throws IOException {
        Path file = written("a.pth");
        byte[] sound = Files.readAllBytes(file);
        String text = new String(sound, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("data.pkl");
        int end = text.indexOf("archive/byteorder");
        assertTrue(damage(file, sound, start, end) > TRIALS / 2);
        damage(file, sound, text.lastIndexOf("PK\u0001\u0002archive".substring(0, 4)), sound.length);
    }

    /** @return how many of the damaged files were refused */
    private int damage(Path file, byte[] sound, int from, int to) throws IOException {
        Random random = new Random(from + 31L * to);
        int refused = 0;
        for (int i = 0; i < TRIALS; i++) {
            byte[] bytes = sound.clone();
            int changes = 1 + random.nextInt(4);
            for (int c = 0; c < changes; c++) {
                bytes[from + random.nextInt(to - from)] = (byte) random.nextInt(256);
            }
            Files.write(file, bytes);
            try (LoadedModel opened = ModelFiles.open(file)) {
                assertTrue(opened.config().depth() >= 1);
            } catch (BadInputException e) {
                refused++;
            } catch (IOException | RuntimeException e) {
                fail("trial " + i + ": " + e, e);
            }
        }
        return refused;
    }
}
