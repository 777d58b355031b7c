package org.dinobench.ui.evaluation.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.problem.BadInputException;

/** Finds the images of one cell of a confusion matrix in an evaluation's {@code predictions.csv}. */
public final class CellImages {
    private static final int CLASSIFIER = 0;
    private static final int PATH = 1;
    private static final int LABEL = 2;
    private static final int PREDICTED = 3;

    private CellImages() {}

    /**
     * Whether an evaluation lists single images.
     *
     * @param evaluation its folder
     */
    public static boolean listed(Path evaluation) {
        return Files.isRegularFile(file(evaluation));
    }

    private static Path file(Path evaluation) {
        return evaluation.resolve("predictions.csv"); // $NON-NLS-1$
    }

    /**
     * The images of a cell, as the first classifier of the file called them: that is the one whose matrix is shown.
     *
     * @param evaluation its folder
     * @param truth the label they have
     * @param predicted what they were called
     * @return their files, in the order of the file
     * @throws IOException when it cannot be read
     * @throws BadInputException when it is damaged
     */
    public static List<Path> of(Path evaluation, String truth, String predicted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file(evaluation))) {
            String first = null;
            reader.readLine();
            int number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                List<String> fields = fields(line);
                if (fields.size() <= PREDICTED) {
                    throw damaged(evaluation, number);
                }
                first = first == null ? fields.get(CLASSIFIER) : first;
                if (fields.get(CLASSIFIER).equals(first)
                        && fields.get(LABEL).equals(truth)
                        && fields.get(PREDICTED).equals(predicted)) {
                    found.add(path(fields.get(PATH), evaluation, number));
                }
            }
        }
        return found;
    }

    private static Path path(String text, Path evaluation, int number) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw damaged(evaluation, number);
        }
    }

    private static BadInputException damaged(Path evaluation, int line) {
        return new BadInputException(
                file(evaluation) + ":" + line, "this is no line of predictions", "evaluate again"); // $NON-NLS-1$
    }

    /** The leading fields of a line of CSV; those behind the prediction are scores, which are not taken apart. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length() && fields.size() <= PREDICTED; i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (fields.size() <= PREDICTED) {
            fields.add(field.toString());
        }
        return fields;
    }
}
