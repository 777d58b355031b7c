package org.dinobench.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dinobench.core.ChildJvm;
import org.dinobench.core.FullDisk;
import org.dinobench.core.io.DiskFullException;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside a writer in another process, and a writer that dies. */
class CatalogSharingTest {
    private static final ImageProbe PROBE = file -> ImageProbe.Result.ok(2, 3, "jpeg", 1);

    @TempDir
    Path folder;

    private Path images;
    private Path file;

    /** Works on a catalog until it is killed: "write" changes notes all the time, "hold" keeps one session open. */
    public static final class Worker {
        public static void main(String[] args) throws Exception {
            Path file = Path.of(args[1]);
            Path ready = Path.of(args[2]);
            if (args[0].equals("hold")) {
                new CatalogFile(file, Duration.ofSeconds(20)).write(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("UPDATE images SET notes = 'half done'");
                    }
                    Files.writeString(ready, "x");
                    pause(60_000);
                    return null;
                });
            }
            Catalog catalog = new Catalog(file);
            for (int i = 0; ; i++) {
                catalog.setNotes(1, "round " + i);
                Files.writeString(ready, "x");
                pause(5);
            }
        }

        private static void pause(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        images = Files.createDirectories(folder.resolve("images"));
        for (int i = 0; i < 50; i++) {
            Files.writeString(images.resolve(i + ".jpg"), "image " + i);
        }
        file = folder.resolve("catalog.duckdb");
        new Catalog(file).importFolder(images, new LabelSource.None(), PROBE, 2, JobMonitor.NONE);
    }

    private Process worker(String what) throws Exception {
        Path ready = folder.resolve("ready");
        Path output = folder.resolve("output");
        Process process = ChildJvm.start(
                Worker.class,
                List.of(Catalog.class, DuckDBDriver.class),
                List.of(what, file.toString(), ready.toString()),
                output);
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!Files.exists(ready) && process.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertTrue(Files.exists(ready), Files.readString(output));
        return process;
    }

    @Test
    void readersAndAWriterInAnotherProcessTakeTurns() throws Exception {
        Process writer = worker("write");
        try {
            Catalog reader = new Catalog(file);
            String first = reader.find(1).orElseThrow().notes();
            int changes = 0;
            for (int i = 0; i < 12; i++) {
                assertEquals(50, reader.count(CatalogFilter.OK));
                changes += reader.find(1).orElseThrow().notes().equals(first) ? 0 : 1;
            }
            reader.setNotes(2, "from the reader");
            assertEquals("from the reader", reader.find(2).orElseThrow().notes());
            assertTrue(changes > 0, "the writer never got its turn");
            assertTrue(writer.isAlive(), Files.readString(folder.resolve("output")));
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    @Test
    void patienceEndsWithASentenceAndAKilledWriterLosesOnlyItsTransaction() throws Exception {
        Process holder = worker("hold");
        try {
            Catalog impatient = new Catalog(file, Duration.ofMillis(200));
            BadInputException e = assertThrows(BadInputException.class, () -> impatient.count(CatalogFilter.ALL));
            assertTrue(e.problem().contains("another process"), e.problem());
            assertThrows(BadInputException.class, () -> impatient.setNotes(1, "x"));
        } finally {
            holder.destroyForcibly().waitFor();
        }
        Catalog catalog = new Catalog(file);
        assertEquals(50, catalog.count(CatalogFilter.OK));
        assertEquals("", catalog.find(1).orElseThrow().notes());
        catalog.setNotes(1, "works");
        assertEquals("works", catalog.find(1).orElseThrow().notes());
    }

    @Test
    void threadsOfOneProcessTakeTurnsToo() throws Exception {
        Catalog a = new Catalog(file);
        Catalog b = new Catalog(file);
        List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < 8; i++) {
                    a.setNotes(1, "n" + i);
                }
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        });
        writer.start();
        while (writer.isAlive()) {
            assertEquals(50, b.count(CatalogFilter.ALL));
        }
        assertEquals(List.of(), failures);
        assertEquals("n7", b.find(1).orElseThrow().notes());
    }

    @Test
    void aDiskThatFillsTearsNothing() throws Exception {
        Optional<FullDisk> disk = FullDisk.mount(folder.resolve("disk"), "size=4m");
        if (disk.isEmpty()) {
            System.out.println("CatalogSharingTest: no real full disk here, because mounting needs root");
            return;
        }
        try (FullDisk small = disk.get()) {
            Catalog catalog = new Catalog(small.folder().resolve("catalog.duckdb"));
            catalog.importFolder(images, new LabelSource.None(), PROBE, 2, JobMonitor.NONE);
            byte[] junk = new byte[64_000];
            new Random(1).nextBytes(junk);
            String notes = Base64.getEncoder().encodeToString(junk);
            int written = 0;
            DiskFullException full = null;
            for (long id = 1; id <= 50 && full == null; id++) {
                try {
                    catalog.setNotes(id, notes + id);
                    written++;
                } catch (DiskFullException e) {
                    full = e;
                }
            }
            assertTrue(full != null && full.getMessage().contains("full"), "written " + written);
            assertEquals(50, catalog.count(CatalogFilter.OK));
            int kept = 0;
            for (CatalogEntry entry : catalog.all(CatalogFilter.OK)) {
                boolean whole = entry.notes().equals(notes + entry.id());
                assertTrue(whole || entry.notes().isEmpty(), "torn notes of image " + entry.id());
                kept += whole ? 1 : 0;
            }
            assertEquals(written, kept);
        }
    }

    @Test
    void aSessionInsideASessionIsAFaultNotADeadlock() {
        CatalogFile sessions = new CatalogFile(file, Duration.ofSeconds(1));
        assertThrows(IllegalStateException.class, () -> sessions.read(c -> sessions.read(d -> null)));
    }

    @Test
    void twentyThousandFilesImportInSeconds() throws Exception {
        Path many = folder.resolve("many");
        for (int i = 0; i < 20_000; i++) {
            Path at = many.resolve("class" + i % 10);
            if (i < 10) {
                Files.createDirectories(at);
            }
            Files.writeString(at.resolve(i + ".jpg"), "image " + i);
        }
        Catalog catalog = new Catalog(folder.resolve("many.duckdb"));
        long start = System.nanoTime();
        ImportReport report = catalog.importFolder(many, new LabelSource.Folders(), PROBE, 2, JobMonitor.NONE);
        double first = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        ImportReport again = catalog.importFolder(many, new LabelSource.Folders(), PROBE, 2, JobMonitor.NONE);
        double second = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        catalog.page(CatalogFilter.OK, CatalogSort.PATH, false, 10_000, 200);
        double page = (System.nanoTime() - start) / 1e9;
        System.out.printf("20,000 files: import %.1f s, again %.1f s, a page %.3f s%n", first, second, page);
        assertEquals(20_000, report.added());
        assertEquals(20_000, again.unchanged());
        assertEquals(20_000, catalog.count(CatalogFilter.OK));
        assertTrue(first < 24, "100,000 files must come in under two minutes: " + first);
        assertTrue(second < first);
    }
}
