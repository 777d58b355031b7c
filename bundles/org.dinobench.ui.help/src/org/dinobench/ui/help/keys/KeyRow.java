package org.dinobench.ui.help.keys;

import java.util.Locale;

/**
 * A key and what it does.
 *
 * @param key as it is written on keyboards
 * @param does what it does
 * @param where it does so
 */
public record KeyRow(String key, String does, String where) {
    /** {@return whether one of the columns has a text, upper and lower case alike} */
    public boolean has(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return (key + "\n" + does + "\n" + where)
                .toLowerCase(Locale.ROOT)
                .contains(wanted); // $NON-NLS-1$ //$NON-NLS-2$
    }
}
