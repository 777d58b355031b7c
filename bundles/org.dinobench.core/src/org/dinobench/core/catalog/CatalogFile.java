package org.dinobench.core.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.dinobench.core.io.DiskFullException;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * Short sessions on a DuckDB file. DuckDB lets one process write, or any number read, and locks the file for as long as
 * it is open: so nobody keeps it open. A session costs some 20 ms; one that finds the file taken tries again until its
 * patience ends. Within a process one session at a time works on a file, because the system's file locks count per
 * process.
 */
final class CatalogFile {
    /** Version of the tables that this program writes and the newest that it reads. */
    static final int FORMAT = 1;

    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();
    private static final long RETRY_MILLIS = 25;

    private final Path file;
    private final Duration patience;

    CatalogFile(Path file, Duration patience) {
        this.file = file.toAbsolutePath().normalize();
        this.patience = patience;
    }

    /** Work on an open catalog. */
    @FunctionalInterface
    interface Work<T> {
        T apply(DuckDBConnection connection) throws SQLException, IOException;
    }

    Path path() {
        return file;
    }

    /** Reads what was committed last. @throws BadInputException when there is no catalog or somebody writes too long */
    <T> T read(Work<T> work) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file.toString(), "there is no catalog", "import images first");
        }
        return session(true, work);
    }

    /** Runs work in one transaction, on tables that are made when the file is new. */
    <T> T write(Work<T> work) throws IOException {
        if (file.toString().indexOf('?') >= 0) {
            // DuckDB takes what follows for settings and would put its log elsewhere
            throw new BadInputException(
                    file.toString(), "the path of a catalog cannot hold a question mark", "choose another folder");
        }
        Files.createDirectories(file.getParent());
        return session(false, connection -> {
            CatalogTables.prepare(connection, file);
            connection.setAutoCommit(false);
            T result = work.apply(connection);
            connection.commit();
            return result;
        });
    }

    private <T> T session(boolean readOnly, Work<T> work) throws IOException {
        ReentrantLock lock = LOCKS.computeIfAbsent(file, f -> new ReentrantLock(true));
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("A catalog session inside another one of the same thread");
        }
        lock.lock();
        try (DuckDBConnection connection = memory()) {
            attach(connection, readOnly);
            if (readOnly) {
                CatalogTables.checkFormat(connection, file);
            }
            return work.apply(connection);
        } catch (SQLException e) {
            throw DiskFullException.explain(
                    new IOException("The catalog " + file + " failed: " + e.getMessage(), e), file);
        } finally {
            lock.unlock();
        }
    }

    /** The driver is called by itself: the driver manager of Java cannot see other bundles. */
    private static DuckDBConnection memory() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", "2");
        settings.setProperty("memory_limit", "2GB");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", settings);
        return (DuckDBConnection) connection;
    }

    /** The path is given in SQL, where it can be quoted: in an address some characters would be taken for settings. */
    private void attach(DuckDBConnection connection, boolean readOnly) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "ATTACH " + literal(file.toString()) + " AS catalog" + (readOnly ? " (READ_ONLY)" : ""));
                statement.execute("USE catalog");
                return;
            } catch (SQLException e) {
                String words = String.valueOf(e.getMessage());
                if (!words.contains("set lock on file") && !words.contains("used by another process")) {
                    throw damaged(e, words);
                }
                if (System.nanoTime() > deadline) {
                    throw new BadInputException(
                            file.toString(),
                            "another process keeps this catalog open",
                            "wait for its import or curation to end and try again",
                            e);
                }
                pause();
            }
        }
    }

    private SQLException damaged(SQLException e, String words) {
        if (words.contains("not a valid DuckDB database") || words.contains("version number")) {
            throw new BadInputException(
                    file.toString(),
                    "it is no catalog that this program can read",
                    "restore it, or delete the dataset's folder and import again",
                    e);
        }
        return e;
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Stopped while waiting for the catalog");
        }
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
