package org.dinobench.ui.common.grid;

import org.eclipse.swt.graphics.GC;

/** Cuts text to a width. */
public final class Ellipsis {
    private Ellipsis() {}

    /**
     * Cuts text out of the middle, so that the beginning and the end of a file name stay.
     *
     * @param gc measures, with its font
     * @param text the text
     * @param width most points
     * @return the text, or a shorter one with an ellipsis
     */
    public static String middle(GC gc, String text, int width) {
        if (gc.textExtent(text).x <= width) {
            return text;
        }
        int low = 0;
        int high = text.length() - 1;
        while (low < high) {
            int kept = (low + high + 1) / 2;
            if (gc.textExtent(cut(text, kept)).x <= width) {
                low = kept;
            } else {
                high = kept - 1;
            }
        }
        return cut(text, low);
    }

    private static String cut(String text, int kept) {
        int tail = kept / 2;
        return text.substring(0, kept - tail) + '\u2026' + text.substring(text.length() - tail);
    }
}
