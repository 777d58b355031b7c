package org.dinobench.ui.trainer.notes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * What people have written about a run, kept in its folder as {@code notes.json}.
 *
 * @param note any text
 * @param tags short words, without order
 */
public record RunNotes(String note, List<String> tags) {
    /** Nothing was written. */
    public static final RunNotes NONE = new RunNotes("", List.of()); // $NON-NLS-1$

    private static final String FILE = "notes.json"; // $NON-NLS-1$

    /** Copies the list. */
    public RunNotes {
        tags = List.copyOf(tags);
    }

    /**
     * Takes what was typed.
     *
     * @param note the text
     * @param tags words between commas
     * @return the notes, each tag once
     */
    public static RunNotes typed(String note, String tags) {
        return new RunNotes(
                note.strip(),
                Arrays.stream(tags.split(",")) // $NON-NLS-1$
                        .map(String::strip)
                        .filter(t -> !t.isEmpty())
                        .distinct()
                        .toList());
    }

    /**
     * Reads the notes of a run.
     *
     * @param run its folder
     * @return the notes, none when there is no such file
     * @throws BadInputException when the file is damaged
     */
    public static RunNotes read(Path run) {
        Path file = run.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        ObjectNode root = Json.readObject(file);
        List<String> tags = new ArrayList<>();
        root.path("tags").forEach(t -> tags.add(t.asText())); // $NON-NLS-1$
        return new RunNotes(root.path("note").asText(""), tags); // $NON-NLS-1$ //$NON-NLS-2$
    }

    /**
     * Writes the notes of a run.
     *
     * @param run its folder
     * @throws IOException when they cannot be written
     */
    public void write(Path run) throws IOException {
        ObjectNode root = Json.object();
        root.put("note", note); // $NON-NLS-1$
        ArrayNode list = root.putArray("tags"); // $NON-NLS-1$
        tags.forEach(list::add);
        Json.write(run.resolve(FILE), root);
    }

    /** {@return the tags between commas} */
    public String tagLine() {
        return String.join(", ", tags); // $NON-NLS-1$
    }

    /** {@return tags and the note's first line, for a cell of a table} */
    public String shortForm() {
        String first = note.lines().findFirst().orElse(""); // $NON-NLS-1$
        if (tags.isEmpty()) {
            return first;
        }
        return "[" + tagLine() + "]"
                + (first.isEmpty() ? "" : " " + first); // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
    }
}
