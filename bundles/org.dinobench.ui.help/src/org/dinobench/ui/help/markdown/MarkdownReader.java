package org.dinobench.ui.help.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes a Markdown text apart into blocks. Anything that it does not know is a paragraph: no text is lost. */
public final class MarkdownReader {
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*?)\\s*#*"); // $NON-NLS-1$
    private static final Pattern BULLET = Pattern.compile("\\s{0,3}[-*+]\\s+(.*)"); // $NON-NLS-1$
    private static final Pattern NUMBER = Pattern.compile("\\s{0,3}\\d{1,3}[.)]\\s+(.*)"); // $NON-NLS-1$
    private static final Pattern PICTURE = Pattern.compile("!\\[(.*?)]\\((\\S+?)\\)"); // $NON-NLS-1$
    private static final Pattern RULE = Pattern.compile("\\|?[\\s:|-]*-[\\s:|-]*\\|?"); // $NON-NLS-1$
    private static final String FENCE = "```"; // $NON-NLS-1$

    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();
    private int at;

    private MarkdownReader(String text) {
        this.lines = text.lines().toList();
    }

    /**
     * Reads a text.
     *
     * @param text Markdown
     * @return its blocks in order
     */
    public static List<Block> read(String text) {
        MarkdownReader reader = new MarkdownReader(text);
        while (reader.at < reader.lines.size()) {
            reader.block();
        }
        return List.copyOf(reader.blocks);
    }

    /**
     * How links name a heading: lower case, words joined by dashes, other signs left out.
     *
     * @param heading its text
     * @return the anchor
     */
    public static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "") // $NON-NLS-1$ //$NON-NLS-2$
                .strip()
                .replace(' ', '-');
    }

    private void block() {
        String line = lines.get(at);
        Matcher heading = HEADING.matcher(line);
        Matcher picture = PICTURE.matcher(line.strip());
        if (line.isBlank()) {
            at++;
        } else if (line.strip().startsWith(FENCE)) {
            code();
        } else if (heading.matches()) {
            blocks.add(new Block.Heading(heading.group(1).length(), heading.group(2), anchor(heading.group(2))));
            at++;
        } else if (picture.matches()) {
            blocks.add(new Block.Picture(picture.group(1), picture.group(2)));
            at++;
        } else if (tableStarts()) {
            table();
        } else if (BULLET.matcher(line).matches()) {
            items(BULLET, false);
        } else if (NUMBER.matcher(line).matches()) {
            items(NUMBER, true);
        } else {
            paragraph();
        }
    }

    private void code() {
        at++;
        List<String> inside = new ArrayList<>();
        while (at < lines.size() && !lines.get(at).strip().startsWith(FENCE)) {
            inside.add(lines.get(at++));
        }
        at++;
        blocks.add(new Block.Code(String.join("\n", inside))); // $NON-NLS-1$
    }

    private boolean tableStarts() {
        return lines.get(at).contains("|") // $NON-NLS-1$
                && at + 1 < lines.size()
                && lines.get(at + 1).contains("|") // $NON-NLS-1$
                && RULE.matcher(lines.get(at + 1).strip()).matches();
    }

    private void table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(cells(lines.get(at)));
        at += 2;
        while (at < lines.size() && lines.get(at).contains("|")) { // $NON-NLS-1$
            List<String> row = new ArrayList<>(cells(lines.get(at++)));
            while (row.size() < rows.get(0).size()) {
                row.add(""); // $NON-NLS-1$
            }
            rows.add(row.subList(0, rows.get(0).size()));
        }
        blocks.add(new Block.Table(rows));
    }

    /** Splits at bars that stand neither in code nor behind a backslash. */
    private static List<String> cells(String line) {
        String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", ""); // $NON-NLS-1$
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean inCode = false;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\' && i + 1 < inner.length() && inner.charAt(i + 1) == '|') {
                cell.append('|');
                i++;
            } else if (c == '|' && !inCode) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                inCode ^= c == '`';
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private void items(Pattern mark, boolean numbered) {
        List<String> items = new ArrayList<>();
        while (at < lines.size() && !lines.get(at).isBlank()) {
            Matcher item = mark.matcher(lines.get(at));
            if (item.matches()) {
                items.add(item.group(1).strip());
            } else if (lines.get(at).startsWith(" ")) { // $NON-NLS-1$
                items.set(
                        items.size() - 1,
                        items.get(items.size() - 1) + " " + lines.get(at).strip()); // $NON-NLS-1$
            } else {
                break;
            }
            at++;
        }
        blocks.add(new Block.Items(items, numbered));
    }

    private void paragraph() {
        List<String> words = new ArrayList<>();
        do {
            words.add(lines.get(at++).strip());
        } while (at < lines.size() && goesOn());
        blocks.add(new Block.Paragraph(words.stream().collect(Collectors.joining(" ")))); // $NON-NLS-1$
    }

    private boolean goesOn() {
        String line = lines.get(at);
        return !line.isBlank()
                && !line.strip().startsWith(FENCE)
                && !HEADING.matcher(line).matches()
                && !PICTURE.matcher(line.strip()).matches()
                && !BULLET.matcher(line).matches()
                && !tableStarts();
    }
}
