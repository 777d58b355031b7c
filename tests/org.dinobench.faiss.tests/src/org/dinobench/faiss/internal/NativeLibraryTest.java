package org.dinobench.faiss.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir
    Path folder;

    private static void withLibrary(String value, Runnable body) {
        String before = System.getProperty(NativeLibrary.LIBRARY_PROPERTY);
        System.setProperty(NativeLibrary.LIBRARY_PROPERTY, value);
        try {
            body.run();
        } finally {
            if (before == null) {
                System.clearProperty(NativeLibrary.LIBRARY_PROPERTY);
            } else {
                System.setProperty(NativeLibrary.LIBRARY_PROPERTY, before);
            }
        }
    }

    @Test
    void aNamedLibraryThatIsMissingIsNamed() {
        String missing = folder.resolve("none.so").toString();
        withLibrary(missing, () -> {
            var refused = assertThrows(BadInputException.class, NativeLibrary::locate);
            assertTrue(refused.getMessage().contains(missing), refused.getMessage());
        });
    }

    @Test
    void aNamedLibraryIsTaken() throws Exception {
        Path file = Files.createFile(folder.resolve("own.so"));
        withLibrary(file.toString(), () -> assertEquals(file, NativeLibrary.locate()));
    }

    @Test
    void closingWaitsForUsesAndFreesOnce() throws Exception {
        AtomicInteger freed = new AtomicInteger();
        NativeHandle handle = new NativeHandle("thing", 1, pointer -> freed.incrementAndGet(), null);
        CountDownLatch closing = new CountDownLatch(1);
        Thread closer = new Thread(() -> {
            closing.countDown();
            handle.close();
        });
        try (NativeHandle.Use use = handle.read()) {
            closer.start();
            closing.await();
            closer.join(50);
            assertEquals(0, freed.get());
            assertEquals(1, use.pointer());
        }
        closer.join();
        handle.close();
        assertEquals(1, freed.get());
        assertThrows(IllegalStateException.class, handle::read);
    }
}
