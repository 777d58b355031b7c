package org.dinobench.ui.common.parts;

import java.util.Locale;
import org.dinobench.core.spec.SpecKey;

/** Keys of configurations as people read them. */
public final class KeyWords {
    private KeyWords() {}

    /**
     * The name of a key as the label of a field.
     *
     * @param key the key
     * @return for instance {@code Hidden width} or {@code Minutes}, with its unit in parentheses
     */
    public static String title(SpecKey key) {
        String words = key.name()
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replace("n prototypes", "prototypes") // $NON-NLS-1$ //$NON-NLS-2$
                .replace("nlayers", "layers") // $NON-NLS-1$ //$NON-NLS-2$
                .replace(" dim", " width") // $NON-NLS-1$ //$NON-NLS-2$
                .replace(" temp", " temperature") // $NON-NLS-1$ //$NON-NLS-2$
                .replaceAll("\\blr\\b", "learning rate") // $NON-NLS-1$ //$NON-NLS-2$
                .replace("warmup", "warm-up") // $NON-NLS-1$ //$NON-NLS-2$
                .replace("num ", "") // $NON-NLS-1$ //$NON-NLS-2$
                .replace(" per gpu", " per process"); // $NON-NLS-1$ //$NON-NLS-2$
        String upper = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        boolean told = key.unit().isEmpty() || upper.toLowerCase(Locale.ROOT).contains(key.unit());
        return told ? upper : upper + " (" + key.unit() + ")"; // $NON-NLS-1$ //$NON-NLS-2$
    }
}
