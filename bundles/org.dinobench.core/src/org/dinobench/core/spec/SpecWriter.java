package org.dinobench.core.spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.io.AtomicFiles;

/**
 * Writes a configuration as YAML with all its values, so that nothing depends on later defaults. What is written reads
 * back as an equal record.
 */
public final class SpecWriter {
    private static final int COMMENT_WIDTH = 96;

    private SpecWriter() {}

    /** The YAML text. @param comments whether the help of each key stands above it */
    public static <R extends Record> String write(R spec, boolean comments) {
        @SuppressWarnings("unchecked") // an object's class is its own
        SpecSchema<R> schema = SpecSchema.of((Class<R>) spec.getClass());
        StringBuilder out = new StringBuilder();
        section(schema, spec, schema.keys(), "", comments, out);
        return out.toString();
    }

    /** Replaces {@code file} by the YAML text, atomically. */
    public static <R extends Record> void write(R spec, boolean comments, Path file) throws IOException {
        AtomicFiles.writeString(file, write(spec, comments));
    }

    private static <R extends Record> void section(
            SpecSchema<R> schema, R spec, List<SpecKey> keys, String indent, boolean comments, StringBuilder out) {
        for (SpecKey key : keys) {
            if (comments) {
                comment(key, indent, out);
            }
            out.append(indent).append(key.name()).append(':');
            if (key.kind() == SpecKey.Kind.SECTION) {
                out.append('\n');
                section(schema, spec, key.children(), indent + "  ", comments, out);
            } else {
                out.append(' ').append(schema.text(spec, key.path())).append('\n');
            }
        }
    }

    private static void comment(SpecKey key, String indent, StringBuilder out) {
        String text = key.doc()
                + (key.unit().isEmpty() ? "" : " In " + key.unit() + ".")
                + (key.kind() == SpecKey.Kind.CHOICE ? " One of " + String.join(", ", key.choices()) + "." : "");
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > COMMENT_WIDTH) {
                out.append(indent).append("#").append(line).append('\n');
                line.setLength(0);
            }
            line.append(' ').append(word);
        }
        out.append(indent).append("#").append(line).append('\n');
    }
}
