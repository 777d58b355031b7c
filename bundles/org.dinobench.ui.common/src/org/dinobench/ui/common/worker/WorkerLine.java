package org.dinobench.ui.common.worker;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how far a worker is from the lines that it prints. */
public final class WorkerLine {
    private static final Pattern PERCENT = Pattern.compile("(?:^|[^\\d.])(\\d{1,3}(?:\\.\\d+)?) ?%"); // $NON-NLS-1$

    private WorkerLine() {}

    /**
     * The share of work that a line speaks of.
     *
     * @param line a line of output
     * @return 0 to 1, empty when the line names no percentage
     */
    public static OptionalDouble share(String line) {
        Matcher matcher = PERCENT.matcher(line);
        if (matcher.find()) {
            double value = Double.parseDouble(matcher.group(1)) / 100;
            if (value <= 1) {
                return OptionalDouble.of(value);
            }
        }
        return OptionalDouble.empty();
    }
}
