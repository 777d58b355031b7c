package org.dinobench.core.metrics;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.dinobench.core.io.DiskFullException;

/**
 * Appends to {@code metrics.jsonl}. Each row reaches the operating system in one write as soon as it is given, so that a
 * crash of this process tears at most the last line. Not thread-safe.
 */
public final class MetricsWriter implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private MetricsWriter(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.channel.position(channel.size());
    }

    /**
     * Opens the file of a run that starts, or starts again from a checkpoint: rows after {@code step}, and a torn last
     * line, are cut off.
     *
     * @param step the step the run goes on from; 0 for the beginning
     */
    public static MetricsWriter open(Path file, long step) throws IOException {
        try (RandomAccessFile old = new RandomAccessFile(file.toFile(), "rw")) {
            long keep = MetricsReader.lengthUpTo(file, step);
            if (keep < old.length()) {
                old.setLength(keep);
            }
        }
        return new MetricsWriter(file);
    }

    /** Appends a row. After a failure the file ends with the last whole row. */
    public void write(MetricsRow row) throws IOException {
        long before = channel.position();
        ByteBuffer bytes = ByteBuffer.wrap((row.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(before);
            throw DiskFullException.explain(e, file);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
