package org.dinobench.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    @TempDir
    Path folder;

    private Path images;
    private Catalog catalog;
    private final AtomicInteger probed = new AtomicInteger();

    /** Files that start with "ok" decode; the number behind is their width. */
    private final ImageProbe probe = file -> {
        probed.incrementAndGet();
        try {
            String text = Files.readString(file);
            return text.startsWith("ok")
                    ? ImageProbe.Result.ok(Integer.parseInt(text.substring(2)), 10, "jpeg", 6)
                    : ImageProbe.Result.broken("It is no image");
        } catch (IOException e) {
            return ImageProbe.Result.broken(e.getMessage());
        }
    };

    @BeforeEach
    void prepare() throws Exception {
        images = Files.createDirectories(folder.resolve("bilder; 'ü' ?x=1"));
        catalog = new Catalog(folder.resolve("data; set's ü").resolve("catalog.duckdb"));
        write("train/nevus/a.jpg", "ok11");
        write("train/nevus/b.jpg", "ok12");
        write("train/melanoma/c d.jpg", "ok11");
        write("test/melanoma/e.jpg", "ok14");
        write("test/melanoma/broken.jpg", "text");
    }

    private void write(String name, String content) throws Exception {
        Path file = images.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ImportReport importAll() throws Exception {
        return catalog.importFolder(images, new LabelSource.Folders(), probe, 3, JobMonitor.NONE);
    }

    private long idOf(String path) throws Exception {
        return catalog.all(CatalogFilter.ALL).stream()
                .filter(e -> e.path().endsWith(path))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void anImportKnowsWhatItRead() throws Exception {
        ImportReport report = importAll();
        assertEquals(
                new ImportReport(5, 5, 0, 0, 0, 1, 0, List.of("test/melanoma/broken.jpg: It is no image")), report);
        CatalogEntry entry = catalog.find(idOf("c d.jpg")).orElseThrow();
        assertEquals("melanoma", entry.label());
        assertEquals("train", entry.split());
        assertEquals(11, entry.width());
        assertEquals(6, entry.orientation());
        assertEquals(64, entry.hash().length());
        assertEquals(images.resolve("train/melanoma/c d.jpg"), entry.file());
        assertEquals(OptionalLong.empty(), entry.group());
        assertTrue(entry.keep());
        CatalogEntry broken = catalog.find(idOf("broken.jpg")).orElseThrow();
        assertEquals(DecodeStatus.BROKEN, broken.status());
        assertFalse(broken.keep());
        assertEquals("It is no image", broken.reason());
        assertEquals(4, catalog.count(CatalogFilter.OK));
        assertEquals(5, catalog.count(CatalogFilter.ALL));
    }

    @Test
    void idsDoNotDependOnThreads() throws Exception {
        importAll();
        Catalog other = new Catalog(folder.resolve("other.duckdb"));
        other.importFolder(images, new LabelSource.Folders(), probe, 1, JobMonitor.NONE);
        assertEquals(catalog.all(CatalogFilter.ALL), other.all(CatalogFilter.ALL));
    }

    @Test
    void importingAgainReadsOnlyWhatChanged() throws Exception {
        importAll();
        long a = idOf("/a.jpg");
        String oldHash = catalog.find(a).orElseThrow().hash();
        probed.set(0);
        ImportReport same = importAll();
        assertEquals(0, probed.get());
        assertEquals(5, same.unchanged());
        assertEquals(1, same.broken());
        write("train/nevus/a.jpg", "ok99");
        Files.setLastModifiedTime(images.resolve("train/nevus/a.jpg"), FileTime.fromMillis(1));
        write("train/nevus/new.jpg", "ok5");
        Files.delete(images.resolve("train/nevus/b.jpg"));
        ImportReport report = importAll();
        assertEquals(2, probed.get());
        assertEquals(
                List.of(5L, 1L, 1L, 3L, 1L),
                List.of(report.found(), report.added(), report.changed(), report.unchanged(), report.missing()));
        CatalogEntry changed = catalog.find(a).orElseThrow();
        assertEquals(99, changed.width());
        assertNotEquals(oldHash, changed.hash());
        assertEquals(1, catalog.count(CatalogFilter.ALL.withStatus(DecodeStatus.MISSING)));
        write("train/nevus/b.jpg", "ok12");
        importAll();
        assertEquals(0, catalog.count(CatalogFilter.ALL.withStatus(DecodeStatus.MISSING)));
        assertEquals(6, catalog.count(CatalogFilter.ALL));
    }

    @Test
    void labelsOfPeopleOutliveAnImport() throws Exception {
        importAll();
        catalog.setLabel(List.of(idOf("/a.jpg")), "atypical");
        catalog.setNotes(idOf("/b.jpg"), "look again: 'x'");
        Path csv = Files.writeString(
                folder.resolve("l.csv"), "path,label\ntrain/nevus/a.jpg,from csv\ntrain/nevus/b.jpg,from csv\n");
        catalog.importFolder(images, new LabelSource.Csv(csv), probe, 2, JobMonitor.NONE);
        assertEquals("atypical", catalog.find(idOf("/a.jpg")).orElseThrow().label());
        CatalogEntry b = catalog.find(idOf("/b.jpg")).orElseThrow();
        assertEquals("from csv", b.label());
        assertEquals("look again: 'x'", b.notes());
    }

    @Test
    void nothingButBrokenFilesLeavesNothingBehind() throws Exception {
        Path rubbish = Files.createDirectories(folder.resolve("rubbish"));
        for (int i = 0; i < 5; i++) {
            Files.writeString(rubbish.resolve(i + ".jpg"), "text");
        }
        BadInputException e = assertThrows(
                BadInputException.class,
                () -> catalog.importFolder(rubbish, new LabelSource.None(), probe, 2, JobMonitor.NONE));
        assertTrue(e.problem().contains("none of its 5 image files"), e.problem());
        assertFalse(catalog.exists());
        assertFalse(Files.exists(catalog.file().getParent()));
        assertThrows(BadInputException.class, () -> catalog.count(CatalogFilter.ALL));
    }

    @Test
    void filtersSortsAndPages() throws Exception {
        importAll();
        assertEquals(3, catalog.count(CatalogFilter.ALL.withSplit("train")));
        assertEquals(2, catalog.count(CatalogFilter.OK.withLabels(List.of("nevus"))));
        assertEquals(1, catalog.count(CatalogFilter.ALL.withText("C D")));
        assertEquals(0, catalog.count(CatalogFilter.ALL.withText("%")));
        assertEquals(1, catalog.count(CatalogFilter.ALL.withKeep(false)));
        List<Integer> widths = catalog.page(CatalogFilter.OK, CatalogSort.PIXELS, true, 0, 10).stream()
                .map(CatalogEntry::width)
                .toList();
        assertEquals(List.of(14, 12, 11, 11), widths);
        assertEquals(
                List.of(12, 11),
                catalog.page(CatalogFilter.OK, CatalogSort.PIXELS, true, 1, 2).stream()
                        .map(CatalogEntry::width)
                        .toList());
        for (CatalogSort sort : CatalogSort.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                long[] ids = catalog.ids(CatalogFilter.ALL, sort, descending);
                long[] page = catalog.page(CatalogFilter.ALL, sort, descending, 0, 100).stream()
                        .mapToLong(CatalogEntry::id)
                        .toArray();
                assertEquals(List.of(5), List.of(ids.length));
                org.junit.jupiter.api.Assertions.assertArrayEquals(ids, page, sort + " " + descending);
            }
        }
        assertEquals(
                List.of(4L, 1L),
                catalog.entries(4, 999, 1).stream().map(CatalogEntry::id).toList());
        assertEquals(List.of(), catalog.entries());
        assertEquals(List.of(new Count("melanoma", 3), new Count("nevus", 2)), catalog.labels(CatalogFilter.ALL));
        assertEquals(List.of(new Count("train", 3), new Count("test", 2)), catalog.splits(CatalogFilter.ALL));
    }

    @Test
    void groupsClustersAndDecisionsReachEntriesAndManifest() throws Exception {
        importAll();
        long a = idOf("/a.jpg");
        long b = idOf("/b.jpg");
        long c = idOf("c d.jpg");
        assertEquals(
                List.of(List.of(Math.min(a, c), Math.max(a, c))),
                catalog.identicalImages().stream()
                        .map(set -> set.stream().map(CatalogEntry::id).toList())
                        .toList());
        catalog.setGroups(List.of(new GroupMember(a, 7, true, 1), new GroupMember(c, 7, false, .99)));
        catalog.setClusters(List.of(
                new ClusterMember(a, 0, 3, .9), new ClusterMember(b, 0, 4, .8), new ClusterMember(a, 1, 0, .5)));
        catalog.setCurationDecisions(
                List.of(new KeepDecision(c, false, "copy of 1"), new KeepDecision(b, false, "cluster is full")));
        catalog.decide(List.of(new KeepDecision(b, true, "rare")));
        assertEquals(2, catalog.count(CatalogFilter.ALL.withConflicts()));
        assertEquals(2, catalog.count(CatalogFilter.ALL.withGroup(7)));
        assertEquals(List.of(new Count("7", 2)), catalog.groups(CatalogFilter.ALL));
        assertEquals(List.of(new Count("3", 1), new Count("4", 1)), catalog.clusters(CatalogFilter.ALL));
        assertEquals(OptionalInt.of(3), catalog.find(a).orElseThrow().cluster());
        assertTrue(catalog.find(b).orElseThrow().keep());
        assertTrue(catalog.find(b).orElseThrow().decidedByPerson());
        assertFalse(catalog.find(c).orElseThrow().keep());
        // a rerun of the curation does not touch what a person said
        catalog.setCurationDecisions(List.of(new KeepDecision(b, false, "again")));
        assertEquals("rare", catalog.find(b).orElseThrow().reason());
        assertTrue(catalog.find(c).orElseThrow().keep());
        catalog.undecide(List.of(b));
        assertEquals("again", catalog.find(b).orElseThrow().reason());

        Path csv = folder.resolve("it's a manifest.csv");
        Path parquet = folder.resolve("manifest.parquet");
        catalog.exportManifest(csv, parquet);
        List<ManifestEntry> rows = Manifest.read(csv);
        assertEquals(5, rows.size());
        ManifestEntry row = rows.stream()
                .filter(r -> r.path().endsWith("/a.jpg"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                new ManifestEntry(images.resolve("train/nevus/a.jpg").toString(), "nevus", "train", "7", "3", true, ""),
                row);
        assertTrue(Files.exists(row.file(csv)));
        assertEquals(2, rows.stream().filter(r -> !r.keep()).count());
        byte[] magic = Files.readAllBytes(parquet);
        assertEquals("PAR1", new String(magic, 0, 4));
        assertEquals("PAR1", new String(magic, magic.length - 4, 4));
    }

    @Test
    void otherFilesAreNoCatalogs() throws Exception {
        Path file = Files.writeString(folder.resolve("x.duckdb"), "this is no database".repeat(1000));
        assertThrows(BadInputException.class, () -> new Catalog(file).count(CatalogFilter.ALL));
        assertThrows(BadInputException.class, () -> new Catalog(file).setNotes(1, "x"));
    }

    @Test
    void aPathThatTheDatabaseWouldMisreadIsRefused() {
        Catalog odd = new Catalog(folder.resolve("what?").resolve("catalog.duckdb"));
        assertThrows(
                BadInputException.class,
                () -> odd.importFolder(images, new LabelSource.None(), probe, 1, JobMonitor.NONE));
        assertFalse(Files.exists(folder.resolve("what?")));
    }

    @Test
    void twoFoldersLiveInOneCatalog() throws Exception {
        importAll();
        Path more = Files.createDirectories(folder.resolve("more"));
        Files.writeString(more.resolve("z.jpg"), "ok7");
        catalog.importFolder(more, new LabelSource.Folders(), probe, 1, JobMonitor.NONE);
        assertEquals(6, catalog.count(CatalogFilter.ALL));
        assertEquals(0, importAll().missing());
    }
}
