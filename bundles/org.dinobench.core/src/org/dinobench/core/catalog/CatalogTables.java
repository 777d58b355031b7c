package org.dinobench.core.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.dinobench.core.problem.BadInputException;

/** The tables of a catalog and the view that joins them. There are no indexes: scans of columns are fast enough. */
final class CatalogTables {
    private static final List<String> DEFINITIONS = List.of("""
        CREATE TABLE IF NOT EXISTS images (
          id BIGINT NOT NULL, hash VARCHAR NOT NULL, root VARCHAR NOT NULL, path VARCHAR NOT NULL,
          width INTEGER NOT NULL, height INTEGER NOT NULL, format VARCHAR NOT NULL, bytes BIGINT NOT NULL,
          modified BIGINT NOT NULL, label VARCHAR NOT NULL, split VARCHAR NOT NULL, status VARCHAR NOT NULL,
          problem VARCHAR NOT NULL, orientation INTEGER NOT NULL, notes VARCHAR NOT NULL,
          label_by_person BOOLEAN NOT NULL)
        """, """
        CREATE TABLE IF NOT EXISTS duplicate_groups (
          image_id BIGINT NOT NULL, group_id BIGINT NOT NULL, representative BOOLEAN NOT NULL,
          similarity DOUBLE NOT NULL)
        """, """
        CREATE TABLE IF NOT EXISTS clusters (
          image_id BIGINT NOT NULL, level INTEGER NOT NULL, cluster INTEGER NOT NULL,
          cluster_similarity DOUBLE NOT NULL)
        """, """
        CREATE TABLE IF NOT EXISTS decisions (
          image_id BIGINT NOT NULL, by_person BOOLEAN NOT NULL, keep BOOLEAN NOT NULL, reason VARCHAR NOT NULL,
          decided TIMESTAMP NOT NULL)
        """, """
        CREATE VIEW IF NOT EXISTS entries AS
          SELECT i.*, g.group_id, g.representative, g.similarity, c.cluster, c.cluster_similarity,
            i.status = 'ok' AND coalesce(p.keep, d.keep, true) AS keep,
            CASE WHEN i.status <> 'ok' THEN i.problem ELSE coalesce(p.reason, d.reason, '') END AS reason,
            p.keep IS NOT NULL AS decided_by_person
          FROM images i
          LEFT JOIN duplicate_groups g ON g.image_id = i.id
          LEFT JOIN clusters c ON c.image_id = i.id AND c.level = 0
          LEFT JOIN decisions d ON d.image_id = i.id AND NOT d.by_person
          LEFT JOIN decisions p ON p.image_id = i.id AND p.by_person
        """);

    private CatalogTables() {}

    static void prepare(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS catalog_format (format INTEGER NOT NULL)");
            if (CatalogFile.number(connection, "SELECT count(*) FROM catalog_format") == 0) {
                for (String definition : DEFINITIONS) {
                    statement.execute(definition);
                }
                statement.execute("INSERT INTO catalog_format VALUES (" + CatalogFile.FORMAT + ")");
            }
        }
        checkFormat(connection, file);
    }

    static void checkFormat(Connection connection, Path file) throws SQLException {
        boolean known = CatalogFile.number(
                        connection,
                        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'catalog'"
                                + " AND table_name = 'catalog_format'")
                > 0;
        long format = known ? CatalogFile.number(connection, "SELECT coalesce(max(format), 0) FROM catalog_format") : 0;
        if (format == 0) {
            throw new BadInputException(
                    file.toString(), "this database is no catalog of images", "name a dataset that was imported");
        }
        if (format > CatalogFile.FORMAT) {
            throw new BadInputException(
                    file.toString(),
                    "this catalog has format " + format + " and this program knows formats up to " + CatalogFile.FORMAT,
                    "open it with a newer Dinobench");
        }
    }
}
