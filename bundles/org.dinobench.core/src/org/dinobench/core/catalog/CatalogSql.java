package org.dinobench.core.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A filter as a condition with parameters, and rows as entries. */
final class CatalogSql {
    private final StringBuilder where = new StringBuilder("true");
    private final List<Object> parameters = new ArrayList<>();

    CatalogSql(CatalogFilter filter) {
        filter.status().ifPresent(s -> and("status = ?", s.word()));
        if (!filter.labels().isEmpty()) {
            String marks =
                    String.join(", ", filter.labels().stream().map(l -> "?").toList());
            and("label IN (" + marks + ")", filter.labels().toArray());
        }
        filter.split().ifPresent(s -> and("split = ?", s));
        filter.group().ifPresent(g -> and("group_id = ?", g));
        filter.cluster().ifPresent(c -> and("cluster = ?", c));
        filter.keep().ifPresent(k -> and("keep = ?", k));
        if (!filter.text().isEmpty()) {
            String text = filter.text().toLowerCase(Locale.ROOT);
            and(
                    "(contains(lower(path), ?) OR contains(lower(label), ?) OR contains(lower(notes), ?))",
                    text,
                    text,
                    text);
        }
        if (filter.conflicts()) {
            and("group_id IN (SELECT group_id FROM entries WHERE status = 'ok' AND label <> '' AND group_id IS NOT NULL"
                    + " GROUP BY group_id HAVING count(DISTINCT label) > 1)");
        }
    }

    private void and(String condition, Object... values) {
        where.append(" AND ").append(condition);
        parameters.addAll(List.of(values));
    }

    String where() {
        return where.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    static CatalogEntry entry(ResultSet row) throws SQLException {
        long group = row.getLong("group_id");
        OptionalLong groupId = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(group);
        int cluster = row.getInt("cluster");
        OptionalInt clusterId = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(cluster);
        return new CatalogEntry(
                row.getLong("id"),
                row.getString("hash"),
                row.getString("root"),
                row.getString("path"),
                row.getInt("width"),
                row.getInt("height"),
                row.getString("format"),
                row.getLong("bytes"),
                row.getLong("modified"),
                row.getString("label"),
                row.getString("split"),
                DecodeStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("problem"),
                row.getInt("orientation"),
                row.getString("notes"),
                groupId,
                clusterId,
                row.getBoolean("keep"),
                row.getString("reason"),
                row.getBoolean("decided_by_person"));
    }
}
