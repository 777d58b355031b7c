package org.dinobench.core.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.io.DiskFullException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * Parquet files of texts and vectors: one row an image, a column {@code FLOAT[D]} for its vector, which other tools read
 * as a list of float32. Rows pass through a database file beside the target, so that memory does not grow with them.
 */
public final class VectorParquet {
    private VectorParquet() {}

    /** Takes rows one after the other. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param texts one for each text column
         * @param vector of the dimension that was announced
         */
        void row(List<String> texts, float[] vector) throws IOException;
    }

    /** Gives all rows to a sink. */
    @FunctionalInterface
    public interface Source {
        /** @param sink receives the rows in the order of the file */
        void writeTo(Sink sink) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param target replaced atomically
     * @param textColumns names of the text columns, which come first
     * @param vectorColumn name of the vector column
     * @param dimension D, at least 1
     */
    public static void write(Path target, List<String> textColumns, String vectorColumn, int dimension, Source source)
            throws IOException {
        Path database = target.resolveSibling("." + target.getFileName() + ".duckdb");
        Files.deleteIfExists(database);
        try {
            AtomicFiles.writeFile(target, out -> fill(database, out, textColumns, vectorColumn, dimension, source));
        } finally {
            Files.deleteIfExists(database);
            Files.deleteIfExists(database.resolveSibling(database.getFileName() + ".wal"));
        }
    }

    private static void fill(
            Path database, Path out, List<String> textColumns, String vectorColumn, int dimension, Source source)
            throws IOException {
        Properties settings = new Properties();
        settings.setProperty("threads", "2");
        settings.setProperty("memory_limit", "1GB");
        settings.setProperty("autoinstall_known_extensions", "false");
        try (DuckDBConnection connection = (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", settings);
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + CatalogFile.literal(database.toString()) + " AS work");
            String texts =
                    textColumns.stream().map(name -> name(name) + " VARCHAR, ").collect(Collectors.joining());
            statement.execute("CREATE TABLE work.main.vectors (" + texts + name(vectorColumn) + " FLOAT[" + dimension
                    + "], place BIGINT)");
            append(connection, source);
            String columns = textColumns.stream().map(name -> name(name) + ", ").collect(Collectors.joining());
            statement.execute("COPY (SELECT " + columns + name(vectorColumn)
                    + " FROM work.main.vectors ORDER BY place) TO " + CatalogFile.literal(out.toString())
                    + " (FORMAT parquet)");
        } catch (SQLException e) {
            throw DiskFullException.explain(new IOException(out + " could not be written: " + e.getMessage(), e), out);
        }
    }

    @SuppressWarnings("resource") // every call of the appender returns the appender itself, which is closed
    private static void append(DuckDBConnection connection, Source source) throws SQLException, IOException {
        long[] place = {0};
        try (DuckDBAppender appender = connection.createAppender("work", "main", "vectors")) {
            source.writeTo((texts, vector) -> {
                try {
                    appender.beginRow();
                    for (String text : texts) {
                        appender.append(text);
                    }
                    appender.append(vector).append(place[0]++).endRow();
                } catch (SQLException e) {
                    throw new IOException("A row of vectors was refused: " + e.getMessage(), e);
                }
            });
        }
    }

    private static String name(String column) {
        return "\"" + column.replace("\"", "\"\"") + "\"";
    }
}
