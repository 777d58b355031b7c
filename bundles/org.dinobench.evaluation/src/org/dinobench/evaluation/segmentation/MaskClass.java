package org.dinobench.evaluation.segmentation;

import java.util.Locale;
import org.dinobench.core.problem.BadInputException;

/**
 * One class of a set of masks.
 *
 * @param colour of its pixels, {@code 0xRRGGBB}
 * @param name as shown in reports
 */
public record MaskClass(int colour, String name) {
    /** A colour as people write it: {@code 0} to {@code 255} for a gray, {@code #rrggbb} for another. */
    static String text(int colour) {
        int gray = colour & 0xff;
        return colour == gray * 0x010101 ? Integer.toString(gray) : String.format(Locale.ROOT, "#%06x", colour);
    }

    /**
     * The colour that a text names.
     *
     * @param where the option or file for messages
     * @throws BadInputException when it names none
     */
    public static int colour(String where, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.matches("#[0-9a-f]{6}")) {
            return Integer.parseInt(lower.substring(1), 16);
        }
        if (lower.matches("\\d{1,3}") && Integer.parseInt(lower) <= 255) {
            return Integer.parseInt(lower) * 0x010101;
        }
        throw new BadInputException(
                where, "\"" + text + "\" is no pixel value", "give a gray from 0 to 255 or a colour such as #ff0000");
    }
}
