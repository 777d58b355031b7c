package org.dinobench.core.catalog;

import java.sql.SQLException;
import java.time.LocalDateTime;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Adds rows to a table in bulk, many times faster than statements do. */
final class TableAppender implements AutoCloseable {
    private final DuckDBAppender out;

    /** @param database {@code catalog}, or {@code temp} for a temporary table */
    TableAppender(DuckDBConnection connection, String database, String table) throws SQLException {
        this.out = connection.createAppender(database, "main", table);
    }

    /** One row: a value for each column in order. */
    @SuppressWarnings("resource") // every call of the appender returns the appender itself, which close() closes
    void row(Object... values) throws SQLException {
        out.beginRow();
        for (Object value : values) {
            if (value instanceof String text) {
                out.append(text);
            } else if (value instanceof Long number) {
                out.append(number.longValue());
            } else if (value instanceof Integer number) {
                out.append(number.intValue());
            } else if (value instanceof Double number) {
                out.append(number.doubleValue());
            } else if (value instanceof Boolean flag) {
                out.append(flag.booleanValue());
            } else if (value instanceof LocalDateTime time) {
                out.append(time);
            } else {
                throw new IllegalArgumentException("No column takes " + value);
            }
        }
        out.endRow();
    }

    @Override
    public void close() throws SQLException {
        out.close();
    }
}
