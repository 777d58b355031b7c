package org.dinobench.ui.help.markdown;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks inside a line: bold, italic, code and links. */
public final class Inline {
    private static final Pattern MARK = Pattern.compile(
            "`([^`]+)`" // $NON-NLS-1$
                    + "|\\[([^\\]]+)]\\(([^)\\s]+)\\)" // $NON-NLS-1$
                    + "|\\*\\*(.+?)\\*\\*" // $NON-NLS-1$
                    + "|(?<![\\w*])\\*([^*]+?)\\*(?!\\w)"); // $NON-NLS-1$

    private Inline() {}

    /**
     * The text as words only, for searching and for screen readers.
     *
     * @param text with marks
     * @return without
     */
    public static String plain(String text) {
        Matcher matcher = MARK.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String inside = matcher.group(1) != null
                    ? matcher.group(1)
                    : plain(first(matcher.group(2), matcher.group(4), matcher.group(5)));
            matcher.appendReplacement(out, Matcher.quoteReplacement(inside));
        }
        return matcher.appendTail(out).toString();
    }

    /**
     * The text as the forms toolkit reads it.
     *
     * @param text with marks
     * @return escaped XML; code and italics name the fonts {@code code} and {@code italic}
     */
    public static String form(String text) {
        Matcher matcher = MARK.matcher(text);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            out.append(escape(text.substring(from, matcher.start())));
            if (matcher.group(1) != null) {
                out.append(span("code", escape(matcher.group(1)))); // $NON-NLS-1$
            } else if (matcher.group(2) != null) {
                out.append("<a href=\"").append(escape(matcher.group(3))).append("\">"); // $NON-NLS-1$ //$NON-NLS-2$
                out.append(escape(plain(matcher.group(2)))).append("</a>"); // $NON-NLS-1$
            } else if (matcher.group(4) != null) {
                out.append("<b>").append(escape(plain(matcher.group(4)))).append("</b>"); // $NON-NLS-1$ //$NON-NLS-2$
            } else {
                out.append(span("italic", escape(plain(matcher.group(5))))); // $NON-NLS-1$
            }
            from = matcher.end();
        }
        return out.append(escape(text.substring(from))).toString();
    }

    private static String span(String font, String inside) {
        return "<span font=\"" + font + "\">" + inside + "</span>"; // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return ""; // $NON-NLS-1$
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;") // $NON-NLS-1$ //$NON-NLS-2$
                .replace("<", "&lt;") // $NON-NLS-1$ //$NON-NLS-2$
                .replace(">", "&gt;") // $NON-NLS-1$ //$NON-NLS-2$
                .replace("\"", "&quot;"); // $NON-NLS-1$ //$NON-NLS-2$
    }
}
