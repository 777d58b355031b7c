package org.dinobench.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogExportTest {
    @TempDir
    Path folder;

    private Catalog catalog;
    private CatalogExport export;

    @BeforeEach
    void importThree() throws Exception {
        Path images = folder.resolve("images");
        for (String name : List.of("cat/a.jpg", "cat/b.jpg", "dog/c.jpg")) {
            Files.createDirectories(images.resolve(name).getParent());
            Files.writeString(images.resolve(name), name);
        }
        catalog = new Catalog(folder.resolve("set's/catalog.duckdb"));
        catalog.importFolder(
                images, new LabelSource.Folders(), file -> ImageProbe.Result.ok(4, 3, "jpeg", 1), 1, JobMonitor.NONE);
        catalog.decide(List.of(new KeepDecision(2, false, "it's \"blurred\", out")));
        export = new CatalogExport(catalog);
    }

    @Test
    void aQueryBecomesATable() throws Exception {
        Path csv = folder.resolve("out it's.csv");
        assertEquals(2, export.query("SELECT label, count(*) AS n FROM entries GROUP BY label ORDER BY label;\n", csv));
        assertEquals(List.of("label,n", "cat,2", "dog,1"), Files.readAllLines(csv));
        Path parquet = folder.resolve("kept.parquet");
        assertEquals(2, export.query("SELECT path FROM entries WHERE keep", parquet));
        assertTrue(Files.size(parquet) > 100);
    }

    @Test
    void whatIsNoQuestionIsRefusedAndLeavesNothing() {
        for (String query : List.of("DROP TABLE images", "SELECT nothing FROM entries", "", "SELECT 1; SELECT 2")) {
            assertThrows(BadInputException.class, () -> export.query(query, folder.resolve("x.csv")), query);
        }
        assertFalse(Files.exists(folder.resolve("x.csv")));
        assertThrows(BadInputException.class, () -> export.query("SELECT 1", folder.resolve("x.xlsx")));
    }

    @Test
    void aDumpHoldsAllTables() throws Exception {
        List<String> files = export.dump(folder.resolve("dump"));
        assertTrue(
                files.containsAll(List.of(
                        "schema.sql",
                        "load.sql",
                        "images.csv",
                        "decisions.csv",
                        "clusters.csv",
                        "duplicate_groups.csv")),
                files.toString());
        assertTrue(Files.readString(folder.resolve("dump/schema.sql")).contains("CREATE TABLE images"));
        assertEquals(4, Files.readAllLines(folder.resolve("dump/images.csv")).size());
        assertTrue(Files.readString(folder.resolve("dump/decisions.csv")).contains("\"it's \"\"blurred\"\", out\""));
        assertThrows(BadInputException.class, () -> export.dump(folder.resolve("dump")));
    }
}
