package org.dinobench.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @TempDir
    Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("manifest.csv"), text);
    }

    @Test
    void whatIsWrittenReadsBack() throws Exception {
        List<ManifestEntry> entries = List.of(
                new ManifestEntry("a/b c.jpg", "nevus, \"blue\"", "train", "7", "3", false, "copy of\na\r\nb"),
                ManifestEntry.of("/x/ü한.png", ""));
        Path file = folder.resolve("m.csv");
        Manifest.write(file, entries);
        assertEquals(entries, Manifest.read(file));
        assertEquals(folder.resolve("a/b c.jpg"), entries.get(0).file(file));
        assertEquals(Path.of("/x/ü한.png"), entries.get(1).file(file));
    }

    @Test
    void onlyThePathIsNeeded() throws Exception {
        assertEquals(
                List.of(ManifestEntry.of("a", ""), new ManifestEntry("b", "l", "", "", "", false, "")),
                Manifest.read(file("\uFEFFLabel,extra,PATH,keep\r\n,1,a\r\n\r\nl,2,b,False\r\n")));
        assertEquals(List.of(), Manifest.read(file("path")));
    }

    @Test
    void faultsNameTheirLine() throws Exception {
        record Case(String text, String where) {}
        for (Case c : List.of(
                new Case("", ":1"),
                new Case("file,label\na,b\n", ":1"),
                new Case("path,label\na,b\n,c\n", ":3"),
                new Case("path,keep\n\"a\nb\",true\nc,maybe\n", ":4"),
                new Case("path\n\"open\n\n", ":2"),
                new Case("path\n" + "x".repeat(70_000), ":2"),
                new Case("path" + ",".repeat(2000), ":1"))) {
            BadInputException e = assertThrows(BadInputException.class, () -> Manifest.read(file(c.text())));
            assertTrue(e.where().endsWith("manifest.csv" + c.where()), e.where() + " for " + c);
        }
        Files.write(folder.resolve("latin"), new byte[] {'p', 'a', 't', 'h', '\n', (byte) 0xe4, '\n'});
        assertThrows(BadInputException.class, () -> Manifest.read(folder.resolve("latin")));
        assertThrows(BadInputException.class, () -> Manifest.read(folder.resolve("absent")));
        assertThrows(BadInputException.class, () -> Manifest.read(folder));
    }
}
