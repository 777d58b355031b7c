package org.dinobench.core.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.problem.BadInputException;
import org.duckdb.DuckDBConnection;

/**
 * A catalog for other programs: the answer to a query as a table, or all of it as SQL. The tables are {@code images},
 * {@code duplicate_groups}, {@code clusters} and {@code decisions}; {@code entries} joins them, one row an image.
 */
public final class CatalogExport {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CatalogFile file;

    /** @param catalog its database is only read */
    public CatalogExport(Catalog catalog) {
        this.file = new CatalogFile(catalog.file(), PATIENCE);
    }

    /**
     * Writes the rows of a query.
     *
     * @param query one SELECT in DuckDB's SQL
     * @param out replaced in one step; its name ends in {@code .csv} or {@code .parquet}
     * @return the number of rows
     * @throws BadInputException when the query or the ending is not understood
     */
    public long query(String query, Path out) throws IOException {
        String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
            throw new BadInputException(
                    out.toString(), "its ending names no kind of table", "let it end in .csv or .parquet");
        }
        String format = name.endsWith(".csv") ? "FORMAT csv, HEADER" : "FORMAT parquet";
        String select = query.strip().replaceAll(";\\s*$", "");
        long[] rows = new long[1];
        file.read(connection -> {
            AtomicFiles.writeFile(out, temporary -> rows[0] = copy(connection, select, temporary, format));
            return null;
        });
        return rows[0];
    }

    private static long copy(DuckDBConnection connection, String select, Path out, String format) {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                    "COPY (" + select + ") TO " + CatalogFile.literal(out.toString()) + " (" + format + ")");
        } catch (SQLException e) {
            throw new BadInputException(
                    "query",
                    firstLine(e),
                    "ask with one SELECT, such as SELECT path, label FROM entries WHERE keep",
                    e);
        }
    }

    private static String firstLine(SQLException e) {
        String text = String.valueOf(e.getMessage());
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * Writes everything: {@code schema.sql}, {@code load.sql} and a CSV file a table, from which DuckDB's
     * {@code IMPORT DATABASE} makes the same tables again and other databases theirs.
     *
     * @param folder made, or empty
     * @return the names of the files
     * @throws BadInputException when the folder holds something
     */
    public List<String> dump(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!names(folder).isEmpty()) {
            throw new BadInputException(folder.toString(), "it is not empty", "name a new folder");
        }
        file.read(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("EXPORT DATABASE catalog TO "
                        + CatalogFile.literal(folder.toAbsolutePath().toString()) + " (FORMAT csv, HEADER)");
            }
            return null;
        });
        return names(folder);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }
}
