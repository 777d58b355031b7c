package org.dinobench.ui.losses.model;

import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.dinobench.core.spec.SpecKey;

/** What a change of a value does, in words. */
public final class Effects {
    private static final ResourceBundle WORDS =
            ResourceBundle.getBundle("org.dinobench.ui.losses.effects"); // $NON-NLS-1$

    private Effects() {}

    /**
     * Describes a change.
     *
     * @param key the key
     * @param before its value in the preset, as YAML
     * @param now its present value, as YAML
     * @return a sentence; the key's own description where nothing more is known
     */
    public static String of(SpecKey key, String before, String now) {
        String direction = direction(key, before, now);
        try {
            return WORDS.getString(key.path() + "." + direction); // $NON-NLS-1$
        } catch (MissingResourceException e) {
            return key.doc();
        }
    }

    private static String direction(SpecKey key, String before, String now) {
        return switch (key.kind()) {
            case NUMBER, INTEGER -> {
                double a = number(before);
                double b = number(now);
                yield Double.isNaN(a) || Double.isNaN(b)
                        ? "other"
                        : b > a ? "up" : "down"; // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
            }
            case BOOLEAN, CHOICE, TEXT -> now;
            default -> "other"; // $NON-NLS-1$
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            // auto has no size
            return Double.NaN;
        }
    }
}
