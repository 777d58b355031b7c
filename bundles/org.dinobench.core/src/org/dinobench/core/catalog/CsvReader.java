package org.dinobench.core.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.problem.BadInputException;

/** Reads comma-separated values as RFC 4180 describes them: quoted fields may hold commas, quotes and line ends. */
final class CsvReader implements AutoCloseable {
    private static final int MAX_FIELD = 1 << 16;
    private static final int MAX_FIELDS = 1000;

    private final Path file;
    private final BufferedReader in;
    private long line = 1;
    private long recordLine = 1;

    CsvReader(Path file) {
        this.file = file;
        try {
            this.in = new BufferedReader(
                    new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        } catch (NoSuchFileException e) {
            throw new BadInputException(file.toString(), "there is no such file", "check the path", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** {@code file:line} of the record that {@link #next()} gave last. */
    String where() {
        return file + ":" + recordLine;
    }

    /** The next record, or null at the end. Empty lines are passed over. */
    List<String> next() {
        try {
            List<String> fields;
            do {
                recordLine = line;
                fields = read();
            } while (fields != null && fields.size() == 1 && fields.get(0).isEmpty());
            return fields;
        } catch (CharacterCodingException e) {
            throw new BadInputException(where(), "it is not UTF-8 text", "save it as UTF-8", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<String> read() throws IOException {
        int c = in.read();
        if (c == '\uFEFF' && line == 1) {
            c = in.read();
        }
        if (c < 0) {
            return null;
        }
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        while (true) {
            if (quoted) {
                if (c < 0) {
                    throw new BadInputException(where(), "a quoted field is never closed", "close it with \"");
                }
                if (c == '"') {
                    c = in.read();
                    if (c != '"') {
                        quoted = false;
                        continue;
                    }
                }
                add(field, c);
            } else if (c == '"' && field.length() == 0) {
                quoted = true;
            } else if (c == ',') {
                addField(fields, field);
            } else if (c < 0 || c == '\n' || c == '\r') {
                if (c == '\r') {
                    in.mark(1);
                    if (in.read() != '\n') {
                        in.reset();
                    }
                }
                line++;
                addField(fields, field);
                return fields;
            } else {
                add(field, c);
            }
            c = in.read();
        }
    }

    private void add(StringBuilder field, int c) {
        if (c == '\n') {
            line++;
        }
        if (field.length() >= MAX_FIELD) {
            throw new BadInputException(where(), "a field is longer than 65,536 characters", "check for a lost quote");
        }
        field.append((char) c);
    }

    private void addField(List<String> fields, StringBuilder field) {
        if (fields.size() >= MAX_FIELDS) {
            throw new BadInputException(where(), "there are more than 1,000 columns", "this is no manifest");
        }
        fields.add(field.toString());
        field.setLength(0);
    }

    private BadInputException unreadable(IOException e) {
        return new BadInputException(
                file.toString(), "it cannot be read (" + e.getMessage() + ")", "check the path and its permissions", e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
