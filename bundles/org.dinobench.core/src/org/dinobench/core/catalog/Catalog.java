package org.dinobench.core.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.job.JobMonitor;
import org.duckdb.DuckDBConnection;

/**
 * The images of a dataset in a DuckDB file. This object holds no connection: every call opens the file, works, and
 * closes it (some 20 ms), because DuckDB locks an open file against other processes. So a workbench reads between the
 * batches that an import or a curation in another process writes, and a reader always sees what was committed last.
 * Calls wait while another process has the file, up to the patience given; then they end with a
 * {@link org.dinobench.core.problem.BadInputException}. Thread-safe; calls on one file within a process come one after the other.
 */
public final class Catalog {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CatalogFile file;

    /** @param file the database file; it need not exist until something is read */
    public Catalog(Path file) {
        this(file, PATIENCE);
    }

    /** @param patience how long a call waits for another process */
    public Catalog(Path file, Duration patience) {
        this.file = new CatalogFile(file, patience);
    }

    /** The database file, absolute. */
    public Path file() {
        return file.path();
    }

    /** Whether anything has been imported. */
    public boolean exists() {
        return Files.isRegularFile(file.path());
    }

    /**
     * Imports a folder, or imports it again: files whose size and modification time are as known are not read. Images
     * are decoded once, by {@code probe} in {@code threads} threads, and written in batches, so that a stop or a crash
     * loses little and the next import goes on.
     *
     * @throws org.dinobench.core.problem.BadInputException when the folder is missing, empty, or holds nothing but broken files; then a new catalog
     *     is not made
     */
    public ImportReport importFolder(Path root, LabelSource labels, ImageProbe probe, int threads, JobMonitor monitor)
            throws IOException {
        return new CatalogImport(file, probe, threads, monitor).run(root, labels);
    }

    /** Number of images. */
    public long count(CatalogFilter filter) throws IOException {
        return file.read(connection -> {
            CatalogSql sql = new CatalogSql(filter);
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT count(*) FROM entries WHERE " + sql.where())) {
                sql.bind(statement);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getLong(1);
                }
            }
        });
    }

    /**
     * A page of images.
     *
     * @param offset number of images passed over, from 0
     * @param limit largest number of images given
     */
    public List<CatalogEntry> page(CatalogFilter filter, CatalogSort sort, boolean descending, long offset, int limit)
            throws IOException {
        CatalogSql sql = new CatalogSql(filter);
        return query(
                "SELECT * FROM entries WHERE " + sql.where() + " ORDER BY " + sort.orderBy(descending) + " LIMIT "
                        + Math.max(0, limit) + " OFFSET " + Math.max(0, offset),
                sql);
    }

    /** All images, by id. */
    public List<CatalogEntry> all(CatalogFilter filter) throws IOException {
        CatalogSql sql = new CatalogSql(filter);
        return query("SELECT * FROM entries WHERE " + sql.where() + " ORDER BY id", sql);
    }

    /** Ids of all images in an order: with {@link #entries} the cheap way to page through very many. */
    public long[] ids(CatalogFilter filter, CatalogSort sort, boolean descending) throws IOException {
        CatalogSql sql = new CatalogSql(filter);
        return file.read(connection -> {
            String text = "SELECT id FROM entries WHERE " + sql.where() + " ORDER BY " + sort.orderBy(descending);
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                sql.bind(statement);
                try (ResultSet result = statement.executeQuery()) {
                    List<Long> ids = new ArrayList<>();
                    while (result.next()) {
                        ids.add(result.getLong(1));
                    }
                    return ids.stream().mapToLong(Long::longValue).toArray();
                }
            }
        });
    }

    /** The images with these ids, in the order of the ids; those that are not there are left out. */
    public List<CatalogEntry> entries(long... ids) throws IOException {
        if (ids.length == 0) {
            return List.of();
        }
        String list = LongStream.of(ids).mapToObj(Long::toString).collect(Collectors.joining(","));
        Map<Long, CatalogEntry> byId = new HashMap<>();
        for (CatalogEntry entry :
                query("SELECT * FROM entries WHERE id IN (" + list + ")", new CatalogSql(CatalogFilter.ALL))) {
            byId.put(entry.id(), entry);
        }
        return LongStream.of(ids).mapToObj(byId::get).filter(Objects::nonNull).toList();
    }

    /** One image. */
    public Optional<CatalogEntry> find(long id) throws IOException {
        List<CatalogEntry> found = query("SELECT * FROM entries WHERE id = " + id, new CatalogSql(CatalogFilter.ALL));
        return found.stream().findFirst();
    }

    /** Labels with their numbers of images, the largest first; the empty label stands for unlabelled images. */
    public List<Count> labels(CatalogFilter filter) throws IOException {
        return counts("label", filter);
    }

    /** Splits with their numbers of images, the largest first. */
    public List<Count> splits(CatalogFilter filter) throws IOException {
        return counts("split", filter);
    }

    /** Clusters with their numbers of images, the largest first; images in no cluster are left out. */
    public List<Count> clusters(CatalogFilter filter) throws IOException {
        return counts("cluster", filter);
    }

    /** Near-duplicate groups with their numbers of images, the largest first; images alone are left out. */
    public List<Count> groups(CatalogFilter filter) throws IOException {
        return counts("group_id", filter);
    }

    /** Sets of byte-identical images among those that decode, each by id; largest sets first. */
    public List<List<CatalogEntry>> identicalImages() throws IOException {
        List<CatalogEntry> all = query(
                "SELECT * FROM (SELECT *, count(*) OVER (PARTITION BY hash) AS copies FROM entries WHERE status = 'ok')"
                        + " WHERE copies > 1 ORDER BY copies DESC, hash, id",
                new CatalogSql(CatalogFilter.ALL));
        List<List<CatalogEntry>> sets = new ArrayList<>();
        for (CatalogEntry entry : all) {
            List<CatalogEntry> last = sets.isEmpty() ? List.of() : sets.get(sets.size() - 1);
            if (last.isEmpty() || !last.get(0).hash().equals(entry.hash())) {
                last = new ArrayList<>();
                sets.add(last);
            }
            last.add(entry);
        }
        return sets;
    }

    /**
     * Replaces what the last curation found by what this one did, all or nothing: groups, clusters of all levels, and its
     * decisions; those of people stay and outrank them.
     */
    public void setCuration(
            Collection<GroupMember> groups, Collection<ClusterMember> clusters, Collection<KeepDecision> decisions)
            throws IOException {
        file.write(connection -> {
            replaceGroups(connection, groups);
            replaceClusters(connection, clusters);
            replaceDecisions(connection, decisions);
            return null;
        });
    }

    /** Replaces all near-duplicate groups. */
    public void setGroups(Collection<GroupMember> members) throws IOException {
        file.write(connection -> {
            replaceGroups(connection, members);
            return null;
        });
    }

    private static void replaceGroups(DuckDBConnection connection, Collection<GroupMember> members)
            throws SQLException {
        execute(connection, "DELETE FROM duplicate_groups");
        try (TableAppender out = new TableAppender(connection, "catalog", "duplicate_groups")) {
            for (GroupMember m : members) {
                out.row(m.imageId(), m.group(), m.representative(), m.similarity());
            }
        }
    }

    /** Replaces all clusters of all levels. */
    public void setClusters(Collection<ClusterMember> members) throws IOException {
        file.write(connection -> {
            replaceClusters(connection, members);
            return null;
        });
    }

    private static void replaceClusters(DuckDBConnection connection, Collection<ClusterMember> members)
            throws SQLException {
        execute(connection, "DELETE FROM clusters");
        try (TableAppender out = new TableAppender(connection, "catalog", "clusters")) {
            for (ClusterMember m : members) {
                out.row(m.imageId(), m.level(), m.cluster(), m.similarity());
            }
        }
    }

    /** Replaces all decisions of the curation; those of people stay and outrank them. */
    public void setCurationDecisions(Collection<KeepDecision> decisions) throws IOException {
        file.write(connection -> {
            replaceDecisions(connection, decisions);
            return null;
        });
    }

    private static void replaceDecisions(DuckDBConnection connection, Collection<KeepDecision> decisions)
            throws SQLException {
        execute(connection, "DELETE FROM decisions WHERE NOT by_person");
        insertDecisions(connection, decisions, false);
    }

    /** Records a person's decisions; earlier ones on the same images are replaced. */
    public void decide(Collection<KeepDecision> decisions) throws IOException {
        file.write(connection -> {
            deletePersonal(
                    connection, decisions.stream().map(KeepDecision::imageId).toList());
            insertDecisions(connection, decisions, true);
            return null;
        });
    }

    /** Takes a person's decisions back, as undo does. */
    public void undecide(Collection<Long> imageIds) throws IOException {
        file.write(connection -> {
            deletePersonal(connection, imageIds);
            return null;
        });
    }

    /** Sets a person's label, which later imports leave alone; the empty text removes the label. */
    public void setLabel(Collection<Long> imageIds, String label) throws IOException {
        update("UPDATE images SET label = ?, label_by_person = true WHERE id = ?", label, imageIds);
    }

    /** Sets the notes of an image. */
    public void setNotes(long imageId, String notes) throws IOException {
        update("UPDATE images SET notes = ? WHERE id = ?", notes, List.of(imageId));
    }

    /**
     * Writes the manifest of all images that are not missing, in the order of their ids: the columns of {@link Manifest}
     * and after them {@code hash}, {@code width}, {@code height} and {@code id}. Paths are absolute.
     *
     * @param csv replaced atomically
     * @param parquet replaced atomically
     */
    public void exportManifest(Path csv, Path parquet) throws IOException {
        String rows = "SELECT CASE WHEN ends_with(root, '/') THEN root || path ELSE root || '/' || path END AS path,"
                + " label, split, coalesce(group_id::VARCHAR, '') AS \"group\","
                + " coalesce(cluster::VARCHAR, '') AS cluster, keep, reason, hash, width, height, id"
                + " FROM entries WHERE status <> 'missing' ORDER BY entries.id";
        file.read(connection -> {
            AtomicFiles.writeFile(csv, out -> copy(connection, rows, out, "FORMAT csv, HEADER"));
            AtomicFiles.writeFile(parquet, out -> copy(connection, rows, out, "FORMAT parquet"));
            return null;
        });
    }

    private static void copy(DuckDBConnection connection, String rows, Path out, String format) throws IOException {
        try {
            execute(connection, "COPY (" + rows + ") TO " + CatalogFile.literal(out.toString()) + " (" + format + ")");
        } catch (SQLException e) {
            throw new IOException(out + " could not be written: " + e.getMessage(), e);
        }
    }

    private void update(String sql, String text, Collection<Long> imageIds) throws IOException {
        file.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (long id : imageIds) {
                    statement.setString(1, text);
                    statement.setLong(2, id);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            return null;
        });
    }

    private List<Count> counts(String column, CatalogFilter filter) throws IOException {
        CatalogSql sql = new CatalogSql(filter);
        return file.read(connection -> {
            String text = "SELECT " + column + "::VARCHAR, count(*) AS n FROM entries WHERE " + sql.where() + " AND "
                    + column + " IS NOT NULL GROUP BY " + column + " ORDER BY n DESC, " + column;
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                sql.bind(statement);
                try (ResultSet result = statement.executeQuery()) {
                    List<Count> counts = new ArrayList<>();
                    while (result.next()) {
                        counts.add(new Count(result.getString(1), result.getLong(2)));
                    }
                    return counts;
                }
            }
        });
    }

    private List<CatalogEntry> query(String text, CatalogSql sql) throws IOException {
        return file.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                sql.bind(statement);
                try (ResultSet result = statement.executeQuery()) {
                    List<CatalogEntry> entries = new ArrayList<>();
                    while (result.next()) {
                        entries.add(CatalogSql.entry(result));
                    }
                    return entries;
                }
            }
        });
    }

    private static void deletePersonal(DuckDBConnection connection, Collection<Long> ids) throws SQLException {
        execute(connection, "CREATE TEMP TABLE chosen (id BIGINT)");
        try (TableAppender out = new TableAppender(connection, "temp", "chosen")) {
            for (long id : ids) {
                out.row(id);
            }
        }
        execute(connection, "DELETE FROM decisions WHERE by_person AND image_id IN (SELECT id FROM chosen)");
        execute(connection, "DROP TABLE chosen");
    }

    private static void insertDecisions(
            DuckDBConnection connection, Collection<KeepDecision> decisions, boolean byPerson) throws SQLException {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        try (TableAppender out = new TableAppender(connection, "catalog", "decisions")) {
            for (KeepDecision d : decisions) {
                out.row(d.imageId(), byPerson, d.keep(), d.reason(), now);
            }
        }
    }

    private static void execute(DuckDBConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
