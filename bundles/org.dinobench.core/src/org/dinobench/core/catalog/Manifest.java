package org.dinobench.core.catalog;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.problem.BadInputException;

/**
 * Reading and writing {@code manifest.csv}: RFC 4180 in UTF-8 with a header. Of the columns {@code path}, {@code label},
 * {@code split}, {@code group}, {@code cluster}, {@code keep} and {@code reason} only the first is required; columns of
 * other names are passed over.
 */
public final class Manifest {
    private static final int MAX_ENTRIES = 20_000_000;
    private static final String HEADER = "path,label,split,group,cluster,keep,reason";

    private Manifest() {}

    /**
     * All entries in the order of the file, those that are not kept included.
     *
     * @throws BadInputException with {@code file:line} when it is no manifest
     */
    public static List<ManifestEntry> read(Path file) {
        try (CsvReader csv = new CsvReader(file)) {
            List<String> header = csv.next();
            Map<String, Integer> columns = new HashMap<>();
            for (int i = 0; header != null && i < header.size(); i++) {
                columns.putIfAbsent(header.get(i).strip().toLowerCase(Locale.ROOT), i);
            }
            if (!columns.containsKey("path")) {
                throw new BadInputException(
                        file + ":1", "there is no column \"path\"", "give the file a header line such as path,label");
            }
            List<ManifestEntry> entries = new ArrayList<>();
            for (List<String> row = csv.next(); row != null; row = csv.next()) {
                if (entries.size() >= MAX_ENTRIES) {
                    throw new BadInputException(csv.where(), "there are more than 20 million rows", "split the file");
                }
                entries.add(entry(csv.where(), columns, row));
            }
            return entries;
        } catch (IOException e) {
            throw new BadInputException(file.toString(), "it cannot be read (" + e.getMessage() + ")", "", e);
        }
    }

    private static ManifestEntry entry(String where, Map<String, Integer> columns, List<String> row) {
        String path = field(columns, row, "path");
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw new BadInputException(where, "there is no path", "remove the row or name a file");
        }
        String keep = field(columns, row, "keep").toLowerCase(Locale.ROOT);
        if (!List.of("", "true", "false", "1", "0").contains(keep)) {
            throw new BadInputException(where, "keep is \"" + keep + "\"", "it must be true or false");
        }
        return new ManifestEntry(
                path,
                field(columns, row, "label"),
                field(columns, row, "split"),
                field(columns, row, "group"),
                field(columns, row, "cluster"),
                !keep.equals("false") && !keep.equals("0"),
                field(columns, row, "reason"));
    }

    private static String field(Map<String, Integer> columns, List<String> row, String name) {
        Integer column = columns.get(name);
        return column == null || column >= row.size() ? "" : row.get(column);
    }

    /** Replaces {@code file}, atomically. */
    public static void write(Path file, Iterable<ManifestEntry> entries) throws IOException {
        AtomicFiles.write(file, out -> {
            BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
            writer.write(HEADER + "\n");
            for (ManifestEntry e : entries) {
                writer.write(String.join(
                        ",",
                        quoted(e.path()),
                        quoted(e.label()),
                        quoted(e.split()),
                        quoted(e.group()),
                        quoted(e.cluster()),
                        Boolean.toString(e.keep()),
                        quoted(e.reason())));
                writer.write('\n');
            }
            writer.flush();
        });
    }

    private static String quoted(String field) {
        boolean needed = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needed ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }
}
