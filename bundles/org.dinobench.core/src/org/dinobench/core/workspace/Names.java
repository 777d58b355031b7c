package org.dinobench.core.workspace;

import java.util.Locale;
import java.util.Set;
import org.dinobench.core.problem.BadInputException;

/** Names of datasets and runs: they become folder names on every system. */
public final class Names {
    private static final int MAX_LENGTH = 100;
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private Names() {}

    /**
     * Checks a name: letters and digits of any script, spaces, {@code . _ - + ( )}, starting with a letter or digit.
     *
     * @param kind what is named, such as {@code "dataset"}
     * @return the name
     * @throws BadInputException when it cannot be used
     */
    public static String check(String kind, String name) {
        String where = kind + " \"" + name + "\"";
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new BadInputException(where, "a name has 1 to " + MAX_LENGTH + " characters", "choose another name");
        }
        boolean plain = name.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c)
                        || Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.COMBINING_SPACING_MARK
                        || " ._-+()".indexOf(c) >= 0);
        if (!plain || !Character.isLetterOrDigit(name.codePointAt(0))) {
            throw new BadInputException(
                    where,
                    "the name holds characters that not every system allows in a folder name",
                    "use letters, digits, spaces and . _ - and start with a letter or digit");
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            throw new BadInputException(where, "the name ends with a dot or a space", "remove it");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT).split("\\.", 2)[0])) {
            throw new BadInputException(where, "Windows keeps this name for itself", "choose another name");
        }
        return name;
    }
}
