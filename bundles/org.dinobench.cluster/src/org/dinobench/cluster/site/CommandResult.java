package org.dinobench.cluster.site;

import java.util.regex.Pattern;

/**
 * How a command ended.
 *
 * @param code exit code; 128 and the signal's number when a signal ended it; 124 when it took too long
 * @param out standard output
 * @param err standard error, its beginning
 */
public record CommandResult(int code, String out, String err) {
    /** The code of a command that was ended because it took too long. */
    public static final int TOO_LONG = 124;

    private static final Pattern FRAME = Pattern.compile("\\s+(at \\S|\\.\\.\\. \\d+ more)");

    /** Whether it went well. */
    public boolean ok() {
        return code == 0;
    }

    /**
     * The last line that says something, of standard error or else of standard output; the frames of a Java stack trace
     * say nothing. Empty when there is none.
     */
    public String lastWords() {
        String text = err.isBlank() ? out : err;
        return text.lines()
                .filter(line -> !line.isBlank() && !FRAME.matcher(line).lookingAt())
                .reduce("", (a, b) -> b)
                .strip();
    }
}
