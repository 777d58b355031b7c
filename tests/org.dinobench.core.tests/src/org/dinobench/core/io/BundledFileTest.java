package org.dinobench.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledFileTest {
    @TempDir
    Path folder;

    private String before;

    @BeforeEach
    void ownCache() {
        before = System.getProperty(BundledFile.CACHE_PROPERTY);
        System.setProperty(
                BundledFile.CACHE_PROPERTY, folder.resolve("new/cache").toString());
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(BundledFile.CACHE_PROPERTY);
        } else {
            System.setProperty(BundledFile.CACHE_PROPERTY, before);
        }
    }

    @Test
    void aFileIsTakenWhereItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("a b.so"), "x");
        assertEquals(file, BundledFile.onDisk(file.toUri().toURL()));
    }

    @Test
    void whatLiesInAnArchiveIsCopiedOnceForEachContent() throws Exception {
        Path first = BundledFile.onDisk(archive("one.jar", "version 1"));
        assertEquals("version 1", Files.readString(first));
        assertTrue(first.getFileName().toString().matches("libx-[0-9a-f]{16}\\.so"), first.toString());
        assertEquals(first, BundledFile.onDisk(archive("two.jar", "version 1")));
        assertNotEquals(first, BundledFile.onDisk(archive("three.jar", "version 2")));
    }

    @Test
    void aCopyThatWasCutShortIsReplaced() throws Exception {
        URL resource = archive("one.jar", "content");
        Path copy = BundledFile.onDisk(resource);
        Files.writeString(copy, "cont");
        assertEquals("content", Files.readString(BundledFile.onDisk(resource)));
    }

    private URL archive(String name, String content) throws Exception {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("native/libx.so"));
            zip.write(content.getBytes());
            zip.closeEntry();
        }
        return new URL("jar:" + jar.toUri() + "!/native/libx.so");
    }
}
