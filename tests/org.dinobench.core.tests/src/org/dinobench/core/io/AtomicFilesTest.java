package org.dinobench.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.dinobench.core.FullDisk;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void aFailureInTheMiddleLeavesTheOldContentAndNothingElse() throws Exception {
        Path file = folder.resolve("status.json");
        AtomicFiles.writeString(file, "old");
        assertThrows(
                IOException.class,
                () -> AtomicFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the power went");
                }));
        assertEquals("old", Files.readString(file));
        assertOnly(file);
    }

    @Test
    void aFullDiskIsNamedAsSuch() throws Exception {
        Path file = folder.resolve("a");
        AtomicFiles.writeString(file, "old");
        IOException e = assertThrows(
                IOException.class,
                () -> AtomicFiles.writeFile(file, temporary -> {
                    Files.writeString(temporary, "half");
                    throw new IOException("No space left on device");
                }));
        assertInstanceOf(DiskFullException.class, e);
        assertTrue(e.getMessage().contains("is full; free some space"), e.getMessage());
        assertEquals("old", Files.readString(file));
        assertOnly(file);
    }

    @Test
    void aDiskThatReallyFillsTearsNothing() throws Exception {
        Optional<FullDisk> disk = FullDisk.mount(folder.resolve("disk"), "size=64k");
        if (disk.isEmpty()) {
            System.out.println("AtomicFilesTest: no real full disk here, because mounting needs root");
            return;
        }
        try (FullDisk small = disk.get()) {
            Path file = small.folder().resolve("metrics");
            AtomicFiles.writeString(file, "old");
            assertThrows(DiskFullException.class, () -> AtomicFiles.writeString(file, "x".repeat(200_000)));
            assertEquals("old", Files.readString(file));
            assertOnly(file);
            AtomicFiles.writeString(file, "new");
            assertEquals("new", Files.readString(file));
        }
    }

    @Test
    void readersNeverSeeAnythingBetween() throws Exception {
        Path file = folder.resolve("value");
        String a = "a".repeat(50_000);
        String b = "b".repeat(70_000);
        AtomicFiles.writeString(file, a);
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                try {
                    AtomicFiles.writeString(file, i % 2 == 0 ? b : a);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        writer.start();
        int reads = 0;
        while (writer.isAlive()) {
            String seen = Files.readString(file);
            assertTrue(seen.equals(a) || seen.equals(b), "torn at " + seen.length());
            reads++;
        }
        assertTrue(reads > 0);
    }

    @Test
    void hashesAreThoseOfTheStandard() throws Exception {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(abc, ContentHash.ofText("abc"));
        assertEquals(abc, ContentHash.of(Files.writeString(folder.resolve("abc"), "abc")));
    }

    @Test
    void jsonIsStrictAndLimited() throws Exception {
        Path file = folder.resolve("x.json");
        for (String text : new String[] {"", "[1]", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\": NaN}", "[".repeat(5000)}) {
            Files.writeString(file, text);
            assertThrows(BadInputException.class, () -> Json.readObject(file), text);
        }
        assertThrows(BadInputException.class, () -> Json.readObject(folder.resolve("absent")));
        Json.write(file, Json.object().put("a", "ü"));
        assertEquals("ü", Json.readObject(file).path("a").asText());
    }

    private void assertOnly(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(java.util.List.of(file), files.toList());
        }
    }
}
