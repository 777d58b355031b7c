package org.dinobench.evaluation.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * The look of charts. Each colour stands for a variable of the page's style sheet, so that the same chart fits a light
 * and a dark page.
 */
final class ChartTheme {
    static final Color INK = new Color(27, 31, 39);
    static final Color SOFT = new Color(91, 100, 114);
    static final Color LINE = new Color(223, 227, 233);
    static final Color PANEL = new Color(253, 254, 255);
    static final List<Color> SERIES = List.of(
            new Color(15, 111, 184),
            new Color(209, 96, 44),
            new Color(43, 138, 87),
            new Color(138, 84, 176),
            new Color(181, 138, 0),
            new Color(196, 61, 107),
            new Color(26, 140, 153),
            new Color(107, 114, 128));
    static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private ChartTheme() {}

    /** Style-sheet variables by the colour that stands for them, in the notation of the SVG writer. */
    static Map<String, String> variables() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(rgb(INK), "var(--ink)");
        names.put(rgb(SOFT), "var(--soft)");
        names.put(rgb(LINE), "var(--line)");
        names.put(rgb(PANEL), "var(--panel)");
        for (int i = 0; i < SERIES.size(); i++) {
            names.put(rgb(SERIES.get(i)), "var(--c" + (i + 1) + ")");
        }
        return names;
    }

    static Color series(int index) {
        return SERIES.get(index % SERIES.size());
    }

    /** Lines beyond the eighth are dashed, as the colours come again. */
    static BasicStroke stroke(int index) {
        return index < SERIES.size()
                ? new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {5, 4}, 0);
    }

    /** A chart of the plot, with a legend above it where asked. */
    static JFreeChart chart(XYPlot plot, boolean legend) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(LINE);
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        plot.setDomainGridlinePaint(LINE);
        plot.setDomainGridlineStroke(new BasicStroke(1f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        axis(plot.getDomainAxis());
        axis(plot.getRangeAxis());
        JFreeChart chart = new JFreeChart(null, FONT, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(2, 0, 2, 8));
        if (legend) {
            LegendTitle title = new LegendTitle(plot);
            title.setPosition(RectangleEdge.TOP);
            title.setHorizontalAlignment(org.jfree.chart.ui.HorizontalAlignment.LEFT);
            title.setItemFont(FONT);
            title.setItemPaint(INK);
            title.setBackgroundPaint(null);
            chart.addLegend(title);
        }
        return chart;
    }

    private static void axis(ValueAxis axis) {
        axis.setLabelFont(FONT);
        axis.setLabelPaint(SOFT);
        axis.setTickLabelFont(FONT);
        axis.setTickLabelPaint(SOFT);
        axis.setAxisLinePaint(LINE);
        axis.setTickMarksVisible(false);
        if (axis instanceof NumberAxis number) {
            number.setAutoRangeIncludesZero(false);
        }
    }

    private static String rgb(Color c) {
        return "rgb(" + c.getRed() + "," + c.getGreen() + "," + c.getBlue() + ")";
    }
}
