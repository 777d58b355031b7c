package org.dinobench.evaluation.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.metrics.ClassScores;

/** The predictions of all classifiers as one CSV file (RFC 4180). */
final class Predictions {
    private final LabelledSet set;
    private final int[] test;
    private final StringBuilder out = new StringBuilder("classifier,path,label,predicted,right");

    Predictions(LabelledSet set, Split split) {
        this.set = set;
        this.test = split.test();
        set.classes().forEach(name -> out.append(",score ").append(quoted(name, true)));
        out.append("\r\n");
    }

    void add(String classifier, ClassScores scores, List<Integer> predicted) {
        for (int i = 0; i < test.length; i++) {
            String label = set.classes().get(set.label(test[i]));
            String called = set.classes().get(predicted.get(i));
            out.append(quoted(classifier, false))
                    .append(',')
                    .append(quoted(set.images().get(test[i]).id(), false))
                    .append(',')
                    .append(quoted(label, false))
                    .append(',')
                    .append(quoted(called, false))
                    .append(',')
                    .append(label.equals(called));
            for (int c = 0; c < scores.classes(); c++) {
                out.append(String.format(Locale.ROOT, ",%.6f", scores.at(i, c)));
            }
            out.append("\r\n");
        }
    }

    void write(Path file) throws IOException {
        AtomicFiles.writeString(file, out.toString());
    }

    /** @param inHeader the text follows a word, so that quotes would stand inside the field: separators are replaced */
    static String quoted(String text, boolean inHeader) {
        if (inHeader) {
            return text.replaceAll("[,\"\\r\\n]", " ");
        }
        boolean special = text.matches("(?s).*[,\"\\r\\n].*");
        return special ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
