package org.dinobench.ui.common.parts;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Words {
    private Words() {}

    /**
     * A duration in its two largest units.
     *
     * @param duration not negative
     * @return for instance {@code 1 h 05 min}, {@code 3 min 20 s}, {@code 8 s}
     */
    public static String duration(Duration duration) {
        long s = Math.max(0, duration.toSeconds());
        if (s >= 86_400) {
            return String.format(Locale.ROOT, "%d d %02d h", s / 86_400, s / 3600 % 24); // $NON-NLS-1$
        }
        if (s >= 3600) {
            return String.format(Locale.ROOT, "%d h %02d min", s / 3600, s / 60 % 60); // $NON-NLS-1$
        }
        if (s >= 60) {
            return String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60); // $NON-NLS-1$
        }
        return s + " s"; // $NON-NLS-1$
    }

    /**
     * A size in binary units.
     *
     * @param bytes not negative
     * @return for instance {@code 3.4 MiB}
     */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B"; // $NON-NLS-1$
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"}; // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]); // $NON-NLS-1$
    }

    /**
     * A count with thin groups of thousands.
     *
     * @param count the number
     * @return for instance {@code 100,000}
     */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count); // $NON-NLS-1$
    }

    /**
     * A share in percent with one decimal.
     *
     * @param share 0 to 1
     * @return for instance {@code 52.3 %}
     */
    public static String percent(double share) {
        return Double.isNaN(share)
                ? "\u2013"
                : String.format(Locale.ROOT, "%.1f %%", share * 100); // $NON-NLS-1$ //$NON-NLS-2$
    }
}
