package org.dinobench.evaluation.report;

import java.util.List;
import java.util.Map;
import org.dinobench.evaluation.metrics.ConfusionMatrix;

/**
 * One section of an {@link HtmlReport}: blocks in the order in which they are added.
 */
public final class ReportSection {
    private final String id;
    private final String title;
    private final StringBuilder body = new StringBuilder();

    ReportSection(String id, String title) {
        this.id = id;
        this.title = title;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    String html() {
        return "<section id=\"" + id + "\"><h2>" + Html.escape(title) + "</h2>" + body + "</section>\n";
    }

    /** A paragraph of plain text. */
    public ReportSection text(String paragraph) {
        body.append("<p>").append(Html.escape(paragraph)).append("</p>");
        return this;
    }

    /** A smaller heading within the section. */
    public ReportSection heading(String heading) {
        body.append("<h3>").append(Html.escape(heading)).append("</h3>");
        return this;
    }

    /** A coloured notice. */
    public ReportSection notice(Tone tone, String text) {
        body.append("<p class=\"notice ")
                .append(tone.css())
                .append("\">")
                .append(Html.escape(text))
                .append("</p>");
        return this;
    }

    /** Cards with a few large numbers. */
    public ReportSection keyNumbers(List<KeyNumber> numbers) {
        body.append(cards(numbers));
        return this;
    }

    /** A table with a line above it; the line may be empty. */
    public ReportSection table(String caption, ReportTable table) {
        figureOpen("wide");
        body.append(table.html());
        figureClose(caption);
        return this;
    }

    /** A chart with its caption. */
    public ReportSection chart(SvgChart chart, String caption) {
        figureOpen("chart");
        body.append(chart.svg());
        figureClose(caption);
        return this;
    }

    /** Charts side by side where the window is wide enough. */
    public ReportSection charts(Map<String, SvgChart> byCaption) {
        body.append("<div class=\"pair\">");
        byCaption.forEach((caption, chart) -> chart(chart, caption));
        body.append("</div>");
        return this;
    }

    /** A confusion matrix, cells tinted by their share of the true class. */
    public ReportSection confusion(ConfusionMatrix matrix, String caption) {
        figureOpen("wide");
        body.append(ConfusionHtml.of(matrix));
        figureClose(caption);
        return this;
    }

    /**
     * Pictures in a grid.
     *
     * @param width of a picture in CSS pixels, 40 to 400
     */
    public ReportSection pictures(List<Picture> pictures, int width, String caption) {
        figureOpen("wide");
        body.append("<div class=\"grid\" style=\"--w:").append(width).append("px\">");
        pictures.forEach(this::tile);
        body.append("</div>");
        figureClose(caption);
        return this;
    }

    /**
     * Pictures in named rows, such as an image, its attention and its PCA in columns, or the samples of a cluster.
     *
     * @param columns titles of the columns; may be empty
     * @param rows pictures by the name of their row, in the map's order
     */
    public ReportSection pictureRows(List<String> columns, Map<String, List<Picture>> rows, int width, String caption) {
        figureOpen("wide");
        body.append("<div class=\"scroll\"><table class=\"pictures\" style=\"--w:")
                .append(width)
                .append("px\">");
        if (!columns.isEmpty()) {
            body.append("<thead><tr><th></th>");
            columns.forEach(c ->
                    body.append("<th scope=\"col\">").append(Html.escape(c)).append("</th>"));
            body.append("</tr></thead>");
        }
        body.append("<tbody>");
        rows.forEach((name, pictures) -> {
            body.append("<tr><th scope=\"row\">").append(Html.escape(name)).append("</th>");
            for (Picture picture : pictures) {
                body.append("<td>");
                tile(picture);
                body.append("</td>");
            }
            body.append("</tr>");
        });
        body.append("</tbody></table></div>");
        figureClose(caption);
        return this;
    }

    /** Names and values, such as settings and versions. */
    public ReportSection facts(Map<String, String> facts) {
        body.append("<dl>");
        facts.forEach((name, value) -> body.append("<dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd>"));
        body.append("</dl>");
        return this;
    }

    /** Long text of a file or a log, folded away under a title. */
    public ReportSection folded(String summary, String preformatted) {
        body.append("<details><summary>")
                .append(Html.escape(summary))
                .append("</summary><pre>")
                .append(Html.escape(preformatted))
                .append("</pre></details>");
        return this;
    }

    static String cards(List<KeyNumber> numbers) {
        StringBuilder out = new StringBuilder("<div class=\"cards\">");
        for (KeyNumber number : numbers) {
            out.append("<div class=\"card\"><div class=\"label\">")
                    .append(Html.escape(number.label()))
                    .append("</div><div class=\"value\">")
                    .append(Html.escape(number.value()))
                    .append("</div><div class=\"note\">")
                    .append(Html.escape(number.note()))
                    .append("</div></div>");
        }
        return out.append("</div>").toString();
    }

    private void tile(Picture picture) {
        String description = picture.description().isEmpty() ? picture.caption() : picture.description();
        body.append("<div class=\"tile\"><img src=\"")
                .append(picture.dataUri())
                .append("\" alt=\"")
                .append(Html.escape(description))
                .append("\">");
        if (!picture.caption().isEmpty()) {
            body.append("<div class=\"name\">")
                    .append(Html.escape(picture.caption()))
                    .append("</div>");
        }
        body.append("</div>");
    }

    private void figureOpen(String css) {
        body.append("<figure class=\"").append(css).append("\">");
    }

    private void figureClose(String caption) {
        if (!caption.isEmpty()) {
            body.append("<figcaption>").append(Html.escape(caption)).append("</figcaption>");
        }
        body.append("</figure>");
    }
}
