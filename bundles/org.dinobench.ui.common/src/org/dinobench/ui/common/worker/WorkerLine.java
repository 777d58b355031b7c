package org.dinobench.ui.common.worker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a worker is, read from a line that it prints, such as {@code Decoding images: 40 of 100 (40 %), about 3 s
 * left}.
 *
 * @param stage what it is doing
 * @param share 0 to 1
 */
record WorkerLine(String stage, double share) {
    private static final Pattern PROGRESS = Pattern.compile("(.*?):.*\\((\\d{1,3}) %\\).*"); // $NON-NLS-1$

    /** {@return the progress that a line tells of, empty when it tells of none} */
    static Optional<WorkerLine> parse(String line) {
        Matcher matcher = PROGRESS.matcher(line.strip());
        if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= 100) {
            return Optional.of(new WorkerLine(matcher.group(1), Integer.parseInt(matcher.group(2)) / 100.0));
        }
        return Optional.empty();
    }
}
