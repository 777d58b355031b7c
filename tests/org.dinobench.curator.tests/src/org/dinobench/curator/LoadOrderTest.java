package org.dinobench.curator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faiss and libtorch live in one process, whichever is loaded first. */
class LoadOrderTest {
    @TempDir
    Path folder;

    private List<String> lines(String first) throws Exception {
        Path output = folder.resolve(first + ".txt");
        Process process = ChildJava.start(ChildJava.command(List.of(), LoadOrder.class, first), output);
        boolean ended = process.waitFor(100, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertEquals(true, ended && process.exitValue() == 0, Files.readString(output));
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("RESULT") || line.startsWith("THREADS"))
                .toList();
    }

    @Test
    void theOrderOfLoadingDoesNotMatter() throws Exception {
        List<String> faissFirst = lines("faiss");
        assertEquals(3, faissFirst.size());
        assertEquals(faissFirst.get(0), faissFirst.get(1));
        assertEquals("THREADS true 3", faissFirst.get(2));
        assertEquals(faissFirst, lines("torch"));
    }
}
