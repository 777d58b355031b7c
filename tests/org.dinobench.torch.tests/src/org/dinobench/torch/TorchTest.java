package org.dinobench.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchTest {
    @Test
    void oneLibtorchServesBothFaces() throws Exception {
        Torch.start();
        assertEquals("2.7.1", Torch.version());
        Path maps = Path.of("/proc/self/maps");
        if (!Files.exists(maps)) {
            System.out.println("No /proc on this platform: the number of loaded libtorch copies is not checked");
            return;
        }
        List<String> copies = Files.readAllLines(maps).stream()
                .filter(line -> line.contains("libtorch_cpu"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .toList();
        assertEquals(1, copies.size(), copies.toString());
        List<String> openMp = Files.readAllLines(maps).stream()
                .filter(line -> line.contains("libgomp"))
                .map(line -> line.split("\\s+")[4])
                .distinct()
                .toList();
        assertEquals(1, openMp.size(), openMp.toString());
    }

    @Test
    void gradSwitchNestsAndRestores() {
        assertTrue(Torch.gradEnabled());
        try (Torch.GradSwitch off = Torch.noGrad()) {
            assertFalse(Torch.gradEnabled());
            try (Torch.GradSwitch on = Torch.grad(true)) {
                assertTrue(Torch.gradEnabled());
            }
            assertFalse(Torch.gradEnabled());
        }
        assertTrue(Torch.gradEnabled());
    }

    @Test
    void threadsAreSettable() {
        int before = Torch.threads();
        try {
            Torch.setThreads(1);
            assertEquals(1, Torch.threads());
            assertThrows(IllegalArgumentException.class, () -> Torch.setThreads(0));
        } finally {
            Torch.setThreads(before);
        }
    }
}
