package org.dinobench.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of a report. Cells are plain text; columns that hold numbers are set flush right.
 */
public final class ReportTable {
    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();

    private ReportTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * @param header its title
     * @param number whether cells are numbers
     * @param bar whether a bar shows the cell's percentage; its text then reads like {@code 12.5 %}
     */
    public record Column(String header, boolean number, boolean bar) {
        /** A column of words. */
        public static Column text(String header) {
            return new Column(header, false, false);
        }

        /** A column of numbers. */
        public static Column number(String header) {
            return new Column(header, true, false);
        }

        /** A column of percentages with bars behind them. */
        public static Column bar(String header) {
            return new Column(header, true, true);
        }
    }

    private record Row(List<String> cells, boolean strong) {}

    /** An empty table. */
    public static ReportTable of(Column... columns) {
        return new ReportTable(List.of(columns));
    }

    /** Adds a row; as many cells as columns. */
    public ReportTable row(String... cells) {
        return add(List.of(cells), false);
    }

    /** Adds a row that stands out, such as the model among its baselines. */
    public ReportTable strongRow(String... cells) {
        return add(List.of(cells), true);
    }

    private ReportTable add(List<String> cells, boolean strong) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(new Row(cells, strong));
        return this;
    }

    String html() {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (Column column : columns) {
            out.append(column.number() ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">")
                    .append(Html.escape(column.header()))
                    .append("</th>");
        }
        out.append("</tr></thead><tbody>");
        for (Row row : rows) {
            out.append(row.strong() ? "<tr class=\"strong\">" : "<tr>");
            for (int c = 0; c < columns.size(); c++) {
                out.append(open(columns.get(c), row.cells().get(c)))
                        .append(Html.escape(row.cells().get(c)))
                        .append("</td>");
            }
            out.append("</tr>");
        }
        return out.append("</tbody></table></div>").toString();
    }

    private static String open(Column column, String cell) {
        if (column.bar()) {
            String width = cell.replaceAll("[^0-9.]", "");
            return "<td class=\"n bar\" style=\"--s:" + (width.isEmpty() ? "0" : width) + "%\">";
        }
        return column.number() ? "<td class=\"n\">" : "<td>";
    }
}
