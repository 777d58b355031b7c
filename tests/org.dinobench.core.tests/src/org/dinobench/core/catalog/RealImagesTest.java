package org.dinobench.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dinobench.core.job.JobMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The known defects of a public set of skin lesions, found by content hashes alone. */
class RealImagesTest {
    @TempDir
    Path folder;

    @Test
    void identicalImagesAndTheirConflictsAreFound() throws Exception {
        String data = System.getenv("DINOBENCH_TEST_DATA");
        if (data == null || !Files.isDirectory(Path.of(data, "isic9"))) {
            System.out.println("RealImagesTest: not run, because DINOBENCH_TEST_DATA names no folder with isic9");
            return;
        }
        Catalog catalog = new Catalog(folder.resolve("catalog.duckdb"));
        ImageProbe probe = file -> ImageProbe.Result.ok(180, 180, "jpeg", 1);
        ImportReport report =
                catalog.importFolder(Path.of(data, "isic9"), new LabelSource.Folders(), probe, 2, JobMonitor.NONE);
        assertEquals(2359, report.added());
        assertEquals(9, catalog.labels(CatalogFilter.ALL).size());
        assertEquals(List.of(new Count("train", 2241), new Count("test", 118)), catalog.splits(CatalogFilter.ALL));
        List<List<CatalogEntry>> sets = catalog.identicalImages();
        assertEquals(159, sets.size());
        assertEquals(155, sets.stream().filter(s -> values(s, true).size() > 1).count());
        assertEquals(18, sets.stream().filter(s -> values(s, false).size() > 1).count());
    }

    private static Set<String> values(List<CatalogEntry> set, boolean labels) {
        return set.stream().map(e -> labels ? e.label() : e.split()).collect(Collectors.toSet());
    }
}
