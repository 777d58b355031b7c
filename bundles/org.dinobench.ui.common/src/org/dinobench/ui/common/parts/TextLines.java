package org.dinobench.ui.common.parts;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.swt.graphics.GC;

/** Breaks drawn text into lines. */
public final class TextLines {
    private static final String MORE = "\u2026"; // $NON-NLS-1$

    private TextLines() {}

    /**
     * Wraps at spaces.
     *
     * @param gc has the font
     * @param text one paragraph
     * @param width of a line in points
     * @param most number of lines; where the text is longer, the last one ends with an ellipsis
     * @return the lines
     */
    public static List<String> wrap(GC gc, String text, int width, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        String[] words = text.strip().split("\\s+"); // $NON-NLS-1$
        for (int i = 0; i < words.length; i++) {
            String longer = line.isEmpty() ? words[i] : line + " " + words[i]; // $NON-NLS-1$
            if (line.isEmpty() || gc.textExtent(longer).x <= width) {
                line.setLength(0);
                line.append(longer);
            } else if (lines.size() == most - 1) {
                while (!line.isEmpty() && gc.textExtent(line + MORE).x > width) {
                    line.setLength(line.length() - 1);
                }
                lines.add(line + MORE);
                return lines;
            } else {
                lines.add(line.toString());
                line.setLength(0);
                line.append(words[i]);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
