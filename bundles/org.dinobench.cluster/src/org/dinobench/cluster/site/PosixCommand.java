package org.dinobench.cluster.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A list of arguments as the one line of text that SSH carries, for a POSIX shell at the other end which must give each
 * argument to the program as it was. This is the only place where such a line is made.
 */
public final class PosixCommand {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private PosixCommand() {}

    /**
     * The line of a command.
     *
     * @param arguments the program and its arguments; anything but a zero character
     * @throws IllegalArgumentException when there is no program, or an argument that no program can be given
     */
    public static String line(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("A command needs a program");
        }
        List<String> words = new ArrayList<>();
        for (String argument : arguments) {
            words.add(quoted(Objects.requireNonNull(argument)));
        }
        // a first word with "=" would be an assignment, and one like "if" a word of the shell: quotes prevent both
        words.set(0, always(arguments.get(0)));
        return String.join(" ", words);
    }

    /**
     * Arguments that set variables and then run a command, by the program {@code env}.
     *
     * @throws IllegalArgumentException when a name is no variable's
     */
    public static List<String> withEnvironment(Map<String, String> environment, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> {
            if (!VARIABLE.matcher(name).matches()) {
                throw new IllegalArgumentException("No variable: " + name);
            }
            all.add(name + "=" + value);
        });
        all.addAll(arguments);
        return all;
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : always(argument);
    }

    /** Between single quotes a shell leaves all alone; a single quote itself stands outside, behind a backslash. */
    private static String always(String argument) {
        if (argument.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A zero character cannot be part of an argument");
        }
        return "'" + argument.replace("'", "'\\''") + "'";
    }
}
