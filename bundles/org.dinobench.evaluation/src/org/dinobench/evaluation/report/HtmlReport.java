package org.dinobench.evaluation.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dinobench.core.io.AtomicFiles;

/**
 * A report as one self-contained HTML file: style sheet, charts and pictures inside it, no script, readable in a light
 * and a dark setting and on paper. Sections come in the order in which they are added.
 */
public final class HtmlReport {
    private final String title;
    private final String subtitle;
    private final List<KeyNumber> keyNumbers = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final List<ReportSection> sections = new ArrayList<>();
    private String footer = "";

    private HtmlReport(String title, String subtitle) {
        this.title = title;
        this.subtitle = subtitle;
    }

    /**
     * An empty report.
     *
     * @param subtitle a line below the title: what was measured, when; may be empty
     */
    public static HtmlReport titled(String title, String subtitle) {
        return new HtmlReport(title, subtitle);
    }

    /** The numbers at the top of the page. */
    public HtmlReport keyNumbers(List<KeyNumber> numbers) {
        keyNumbers.addAll(numbers);
        return this;
    }

    /** A notice above all sections. */
    public HtmlReport notice(Tone tone, String text) {
        notices.add("<p class=\"notice " + tone.css() + "\">" + Html.escape(text) + "</p>");
        return this;
    }

    /** Starts a section; what is then added to the result appears in it. */
    public ReportSection section(String sectionTitle) {
        String slug = sectionTitle.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        ReportSection section = new ReportSection("s" + (sections.size() + 1) + "-" + slug, sectionTitle);
        sections.add(section);
        return section;
    }

    /** The line at the end of the page, such as the program's version and the time. */
    public HtmlReport footer(String text) {
        footer = text;
        return this;
    }

    /** The whole page. */
    public String html() {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Html.escape(title))
                .append("</title>\n<style>\n")
                .append(styleSheet())
                .append("</style>\n</head>\n<body>\n<header><h1>")
                .append(Html.escape(title))
                .append("</h1>");
        if (!subtitle.isEmpty()) {
            out.append("<p class=\"sub\">").append(Html.escape(subtitle)).append("</p>");
        }
        notices.forEach(out::append);
        if (!keyNumbers.isEmpty()) {
            out.append(ReportSection.cards(keyNumbers));
        }
        out.append("</header>\n");
        if (sections.size() > 2) {
            out.append("<nav aria-label=\"Sections\">");
            sections.forEach(s -> out.append("<a href=\"#")
                    .append(s.id())
                    .append("\">")
                    .append(Html.escape(s.title()))
                    .append("</a>"));
            out.append("</nav>\n");
        }
        out.append("<main>\n");
        sections.forEach(s -> out.append(s.html()));
        out.append("</main>\n<footer>").append(Html.escape(footer)).append("</footer>\n</body>\n</html>\n");
        return out.toString();
    }

    /** Writes the page; the folder must exist. */
    public void write(Path file) throws IOException {
        AtomicFiles.writeString(file, html());
    }

    private static String styleSheet() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new IllegalStateException("The report's style sheet is missing in the bundle", problem);
        }
    }
}
