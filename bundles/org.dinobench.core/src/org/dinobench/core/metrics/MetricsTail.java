package org.dinobench.core.metrics;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Follows a growing {@code metrics.jsonl}. A poll costs one look at the file's size when nothing is new. When a resumed
 * run has cut the file, the next poll starts over and says so. Not thread-safe.
 */
public final class MetricsTail {
    private static final int CHUNK = 4 << 20;

    private final Path file;
    private long offset;
    private long line;
    private byte[] lastLine = {};

    /** @param file may not exist yet */
    public MetricsTail(Path file) {
        this.file = file;
    }

    /**
     * What a poll found.
     *
     * @param restarted the file was cut or replaced: rows given before are void and {@code rows} starts from the top
     * @param rows new whole rows in order
     */
    public record Batch(boolean restarted, List<MetricsRow> rows) {}

    /** The whole rows since the last poll; reads at most a few megabytes, so poll again while rows come. */
    public Batch poll() throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size == offset) {
            return new Batch(false, List.of());
        }
        if (!Files.exists(file)) {
            restart();
            return new Batch(true, List.of());
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            boolean restarted = size < offset || !lastLineStands(in);
            if (restarted) {
                restart();
            }
            return new Batch(restarted, readFrom(in));
        }
    }

    private void restart() {
        offset = 0;
        line = 0;
        lastLine = new byte[0];
    }

    /** Rows may have been cut and written anew beyond the old end between two polls: then the last line differs. */
    private boolean lastLineStands(RandomAccessFile in) throws IOException {
        byte[] there = new byte[lastLine.length];
        in.seek(offset - there.length);
        in.readFully(there);
        return Arrays.equals(there, lastLine);
    }

    private List<MetricsRow> readFrom(RandomAccessFile in) throws IOException {
        List<MetricsRow> rows = new ArrayList<>();
        in.seek(offset);
        byte[] bytes = new byte[(int) Math.min(CHUNK, in.length() - offset)];
        in.readFully(bytes);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String text = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                rows.add(MetricsRow.parse(file + ":" + ++line, text));
                lastLine = Arrays.copyOfRange(bytes, start, i + 1);
                offset += i + 1 - start;
                start = i + 1;
            }
        }
        return rows;
    }
}
