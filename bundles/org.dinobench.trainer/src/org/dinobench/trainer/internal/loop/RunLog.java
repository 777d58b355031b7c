package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.dinobench.core.job.JobMonitor;

/** Appends lines with their time to the run's {@code log.txt} and passes them on to the job's monitor. */
final class RunLog implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Writer writer;
    private final JobMonitor monitor;

    RunLog(Path file, JobMonitor monitor) throws IOException {
        this(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), monitor);
    }

    private RunLog(Writer writer, JobMonitor monitor) {
        this.writer = writer;
        this.monitor = monitor;
    }

    /** The log of a process that is not the first one: what they all do is told once. */
    static RunLog unheard() {
        return new RunLog(Writer.nullWriter(), JobMonitor.NONE);
    }

    /** Writes a line; any thread. */
    synchronized void line(String text) {
        try {
            writer.write(TIME.format(LocalDateTime.now()) + " " + text + System.lineSeparator());
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        monitor.message(text);
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
