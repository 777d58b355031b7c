package org.dinobench.core.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.duckdb.DuckDBConnection;

/** One import of one folder: look, compare, decode what is new, write in batches. */
final class CatalogImport {
    private static final int BATCH = 5000;
    private static final int MAX_REMARKS = 1000;

    private final CatalogFile file;
    private final ImageProbe probe;
    private final int threads;
    private final JobMonitor monitor;
    private final List<String> remarks = new ArrayList<>();
    private final List<Decoded> waiting = new ArrayList<>();
    private String root = "";
    private boolean anyOk;
    private long broken;

    CatalogImport(CatalogFile file, ImageProbe probe, int threads, JobMonitor monitor) {
        this.file = file;
        this.probe = probe;
        this.threads = Math.max(1, threads);
        this.monitor = monitor;
    }

    /** What the catalog knows of a file. */
    private record Known(long id, long bytes, long modified, boolean broken, boolean missing) {}

    /** A file that was read. */
    private record Decoded(ScannedFile file, long knownId, String hash, ImageProbe.Result result) {}

    ImportReport run(Path folder, LabelSource labels) throws IOException {
        FolderScan.Result scan = FolderScan.scan(folder, labels, monitor);
        root = folder.toAbsolutePath().normalize().toString();
        scan.remarks().forEach(this::remark);
        Map<String, Known> known = Files.isRegularFile(file.path()) ? file.read(this::known) : Map.of();
        List<ScannedFile> fresh = new ArrayList<>();
        long added = 0;
        for (ScannedFile image : scan.files()) {
            Known old = known.get(image.path());
            if (old == null || old.missing() || old.bytes() != image.bytes() || old.modified() != image.modified()) {
                fresh.add(image);
                added += old == null ? 1 : 0;
            } else {
                anyOk |= !old.broken();
                broken += old.broken() ? 1 : 0;
            }
        }
        decode(fresh, known);
        if (!anyOk) {
            throw new BadInputException(
                    folder.toString(),
                    "none of its " + scan.files().size() + " image files can be decoded"
                            + (remarks.isEmpty() ? "" : " (the first: " + remarks.get(0) + ")"),
                    "name a folder with readable images");
        }
        flush();
        long missing = finish(scan.files(), known);
        return new ImportReport(
                scan.files().size(),
                added,
                fresh.size() - added,
                scan.files().size() - fresh.size(),
                missing,
                broken,
                scan.others(),
                remarks);
    }

    private Map<String, Known> known(DuckDBConnection connection) throws SQLException {
        Map<String, Known> known = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT path, id, bytes, modified, status FROM images WHERE root = "
                                + CatalogFile.literal(root))) {
            while (row.next()) {
                String status = row.getString(5);
                known.put(
                        row.getString(1),
                        new Known(
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                status.equals(DecodeStatus.BROKEN.word()),
                                status.equals(DecodeStatus.MISSING.word())));
            }
        }
        return known;
    }

    /** Results are taken in the order of the paths, so that ids do not depend on the threads. */
    private void decode(List<ScannedFile> fresh, Map<String, Known> known) throws IOException {
        monitor.begin("Decoding images", fresh.size());
        ExecutorService workers = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "dinobench-import");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<Future<Decoded>> running = new ArrayDeque<>();
            for (ScannedFile image : fresh) {
                monitor.checkStopped();
                if (running.size() >= 16 * threads) {
                    accept(running.remove());
                }
                Known old = known.get(image.path());
                running.add(workers.submit(() -> read(image, old == null ? 0 : old.id())));
            }
            while (!running.isEmpty()) {
                monitor.checkStopped();
                accept(running.remove());
            }
        } catch (StoppedException e) {
            flush();
            throw e;
        } finally {
            workers.shutdownNow();
        }
    }

    private Decoded read(ScannedFile image, long knownId) {
        Path path = Path.of(root).resolve(image.path());
        try {
            String hash = ContentHash.of(path);
            return new Decoded(image, knownId, hash, probe.probe(path));
        } catch (IOException e) {
            return new Decoded(image, knownId, "", ImageProbe.Result.broken("It cannot be read: " + e.getMessage()));
        }
    }

    private void accept(Future<Decoded> future) throws IOException {
        Decoded decoded;
        try {
            decoded = future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Stopped while decoding images");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Reading an image failed unexpectedly", e.getCause());
        }
        Optional<String> failure = decoded.result().failure();
        if (failure.isPresent()) {
            broken++;
            remark(decoded.file().path() + ": " + failure.get());
        } else {
            anyOk = true;
        }
        waiting.add(decoded);
        monitor.worked(1);
        if (waiting.size() >= BATCH) {
            flush();
        }
    }

    private void remark(String text) {
        if (remarks.size() < MAX_REMARKS) {
            remarks.add(text);
        }
    }

    /** Nothing is written before one image has decoded, so that a useless folder leaves nothing behind. */
    private void flush() throws IOException {
        if (!anyOk || waiting.isEmpty()) {
            return;
        }
        file.write(connection -> {
            if (waiting.stream().anyMatch(d -> d.knownId() > 0)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TEMP TABLE fresh AS SELECT * FROM images LIMIT 0");
                    append(connection, "temp", "fresh", true);
                    statement.execute("UPDATE images SET hash = f.hash, width = f.width, height = f.height,"
                            + " format = f.format, bytes = f.bytes, modified = f.modified, status = f.status,"
                            + " problem = f.problem, orientation = f.orientation FROM fresh f WHERE images.id = f.id");
                    statement.execute("DROP TABLE fresh");
                }
            }
            append(connection, "catalog", "images", false);
            return null;
        });
        waiting.clear();
    }

    private void append(DuckDBConnection connection, String database, String table, boolean knownOnes)
            throws SQLException {
        long id = CatalogFile.number(connection, "SELECT coalesce(max(id), 0) FROM catalog.images");
        try (TableAppender out = new TableAppender(connection, database, table)) {
            for (Decoded d : waiting) {
                if (d.knownId() > 0 != knownOnes) {
                    continue;
                }
                ImageProbe.Result r = d.result();
                out.row(
                        knownOnes ? d.knownId() : ++id,
                        d.hash(),
                        root,
                        d.file().path(),
                        r.width(),
                        r.height(),
                        r.format(),
                        d.file().bytes(),
                        d.file().modified(),
                        d.file().label(),
                        d.file().split(),
                        (r.failure().isEmpty() ? DecodeStatus.OK : DecodeStatus.BROKEN).word(),
                        r.failure().orElse(""),
                        r.orientation(),
                        "",
                        false);
            }
        }
    }

    /** Labels and splits may have changed without the files; files may be gone. Returns how many are. */
    private long finish(List<ScannedFile> files, Map<String, Known> known) throws IOException {
        if (known.isEmpty()) {
            return 0;
        }
        return file.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE present (path VARCHAR, label VARCHAR, split VARCHAR)");
                try (TableAppender out = new TableAppender(connection, "temp", "present")) {
                    for (ScannedFile image : files) {
                        out.row(image.path(), image.label(), image.split());
                    }
                }
                String here = "images.root = " + CatalogFile.literal(root);
                statement.execute(
                        "UPDATE images SET label = CASE WHEN label_by_person THEN images.label ELSE p.label END,"
                                + " split = p.split FROM present p WHERE " + here + " AND images.path = p.path"
                                + " AND (images.label <> p.label OR images.split <> p.split)");
                String gone = here + " AND path NOT IN (SELECT path FROM present)";
                long missing = CatalogFile.number(connection, "SELECT count(*) FROM images WHERE " + gone);
                statement.execute("UPDATE images SET status = 'missing', problem = 'The file is gone' WHERE " + gone);
                statement.execute("DROP TABLE present");
                return missing;
            }
        });
    }
}
