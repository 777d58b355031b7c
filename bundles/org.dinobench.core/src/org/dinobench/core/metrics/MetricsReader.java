package org.dinobench.core.metrics;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.problem.BadInputException;

/** Reads {@code metrics.jsonl}. A last line without its end is being written, or was torn by a crash: it is left out. */
public final class MetricsReader {
    /** Longest line that is read, in bytes. */
    static final int MAX_LINE = 1 << 20;

    private MetricsReader() {}

    /**
     * All whole rows in order; none when the file does not exist.
     *
     * @throws BadInputException when a whole line is no row, with {@code file:line}
     */
    public static List<MetricsRow> read(Path file) throws IOException {
        List<MetricsRow> rows = new ArrayList<>();
        if (Files.exists(file)) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                long number = 0;
                for (String line = wholeLine(in, file); line != null; line = wholeLine(in, file)) {
                    rows.add(MetricsRow.parse(file + ":" + ++number, line));
                }
            }
        }
        return rows;
    }

    /** Bytes that hold the leading whole rows whose step is at most {@code step}. */
    static long lengthUpTo(Path file, long step) throws IOException {
        long length = 0;
        if (!Files.exists(file)) {
            return length;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            long number = 0;
            for (String line = wholeLine(in, file); line != null; line = wholeLine(in, file)) {
                if (step <= 0 || MetricsRow.parse(file + ":" + ++number, line).step() > step) {
                    break;
                }
                length += line.getBytes(StandardCharsets.UTF_8).length + 1;
            }
        }
        return length;
    }

    private static String wholeLine(InputStream in, Path file) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
            if (line.size() > MAX_LINE) {
                throw new BadInputException(file.toString(), "a line is longer than 1 MiB", "this is no metrics file");
            }
        }
        return null;
    }
}
