package org.dinobench.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorParquetTest {
    @TempDir
    Path folder;

    @Test
    void rowsComeBackInOrder() throws IOException, SQLException {
        Path file = folder.resolve("it's vectors.parquet");
        VectorParquet.write(file, List.of("path", "la\"bel"), "vector", 3, sink -> {
            for (int i = 0; i < 5000; i++) {
                sink.row(List.of("image " + i, "ü"), new float[] {i, 0.5f, -i});
            }
        });
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT path, \"la\"\"bel\", vector[1], vector[3], len(vector)"
                        + " FROM read_parquet(" + CatalogFile.literal(file.toString()) + ")")) {
            for (int i = 0; i < 5000; i++) {
                assertTrue(rows.next());
                assertEquals("image " + i, rows.getString(1));
                assertEquals("ü", rows.getString(2));
                assertEquals(i, rows.getFloat(3));
                assertEquals(-i, rows.getFloat(4));
                assertEquals(3, rows.getInt(5));
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "nothing else is left in the folder");
        }
    }

    @Test
    void aFailureLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("vectors.parquet");
        Files.writeString(file, "old");
        IOException problem = new IOException("the source ended");
        assertEquals(
                problem,
                assertThrows(
                        IOException.class,
                        () -> VectorParquet.write(file, List.of("path"), "vector", 3, sink -> {
                            sink.row(List.of("a"), new float[3]);
                            throw problem;
                        })));
        assertEquals("old", Files.readString(file));
    }
}
