package org.dinobench.evaluation.report;

import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dinobench.evaluation.metrics.Calibration;
import org.dinobench.evaluation.metrics.Interval;
import org.dinobench.evaluation.metrics.RocCurve;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The kinds of chart that reports use. Values are drawn as given; NaN leaves a gap. */
public final class Charts {
    private static final int POINTS = 300;
    private static final int WIDTH = 480;

    private Charts() {}

    /**
     * A line of a chart.
     *
     * @param name in the legend
     * @param x ascending positions
     * @param y values, as many
     */
    public record Line(String name, double[] x, double[] y) {
        /** Copies the arrays. */
        public Line {
            if (x.length != y.length) {
                throw new IllegalArgumentException(name + ": " + x.length + " positions, " + y.length + " values");
            }
            x = x.clone();
            y = y.clone();
        }
    }

    /**
     * Lines over a number, such as losses over steps. More than 300 points of a line are averaged in equal stretches.
     *
     * @param logarithmic whether the vertical axis is logarithmic; then values must be above 0
     */
    public static SvgChart lines(String xLabel, String yLabel, List<Line> lines, boolean logarithmic) {
        XYSeriesCollection data = new XYSeriesCollection();
        lines.forEach(line -> data.addSeries(thinned(line)));
        XYLineAndShapeRenderer renderer = lineRenderer(lines.size());
        boolean few = lines.stream().allMatch(line -> line.x().length <= 12);
        renderer.setDefaultShapesVisible(few);
        NumberAxis domain = new NumberAxis(xLabel);
        domain.setLowerMargin(few ? 0.03 : 0);
        domain.setUpperMargin(few ? 0.03 : 0);
        XYPlot plot = new XYPlot(data, domain, logarithmic ? new LogAxis(yLabel) : new NumberAxis(yLabel), renderer);
        JFreeChart chart = ChartTheme.chart(plot, lines.size() > 1);
        String names = lines.stream().map(Line::name).collect(Collectors.joining(", "));
        return SvgRenderer.draw(chart, WIDTH, 280, yLabel + " over " + xLabel + ": " + names);
    }

    /**
     * Measures with their confidence intervals below each other, in percent; the first row is drawn as the subject, the
     * others as what it is compared with.
     *
     * @param rows by name, from top to bottom, values 0 to 1
     */
    public static SvgChart intervals(String label, Map<String, Interval> rows) {
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        List<String> names = List.copyOf(rows.keySet());
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawYError(false);
        renderer.setCapLength(6);
        renderer.setErrorStroke(new BasicStroke(2f));
        String[] symbols = new String[names.size()];
        for (int i = 0; i < names.size(); i++) {
            Interval interval = rows.get(names.get(i));
            int place = names.size() - 1 - i;
            symbols[place] = names.get(i);
            XYIntervalSeries series = new XYIntervalSeries(names.get(i));
            series.add(100 * interval.value(), 100 * interval.low(), 100 * interval.high(), place, place, place);
            data.addSeries(series);
            renderer.setSeriesPaint(i, i == 0 ? ChartTheme.series(0) : ChartTheme.series(7));
            renderer.setSeriesShape(i, new Ellipse2D.Double(-5, -5, 10, 10));
        }
        SymbolAxis axis = new SymbolAxis(null, symbols);
        axis.setGridBandsVisible(false);
        axis.setRange(-0.6, names.size() - 0.4);
        NumberAxis domain = new NumberAxis(label);
        XYPlot plot = new XYPlot(data, domain, axis, renderer);
        JFreeChart chart = ChartTheme.chart(plot, false);
        axis.setTickLabelPaint(ChartTheme.INK);
        plot.setRangeGridlinesVisible(false);
        plot.setDomainGridlinesVisible(true);
        String text = rows.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().percent())
                .collect(Collectors.joining("; "));
        return SvgRenderer.draw(chart, WIDTH, 70 + 38 * names.size(), label + ": " + text);
    }

    /** Accuracy over confidence with the diagonal of perfect calibration. */
    public static SvgChart calibration(Calibration calibration) {
        List<Calibration.Bin> bins = calibration.bins();
        Line measured = new Line(
                "measured",
                bins.stream().mapToDouble(Calibration.Bin::confidence).toArray(),
                bins.stream().mapToDouble(Calibration.Bin::accuracy).toArray());
        Line honest = new Line("confidence = accuracy", new double[] {0, 1}, new double[] {0, 1});
        return unitSquare("confidence", "accuracy", List.of(measured, honest), true);
    }

    /** Receiver operating characteristics, one line a class. */
    public static SvgChart roc(Map<String, RocCurve> curves) {
        List<Line> lines = curves.entrySet().stream()
                .map(e -> new Line(
                        e.getKey(),
                        e.getValue().falsePositiveRates(),
                        e.getValue().truePositiveRates()))
                .toList();
        return unitSquare("1 - specificity", "sensitivity", lines, false);
    }

    private static SvgChart unitSquare(String xLabel, String yLabel, List<Line> lines, boolean shapes) {
        XYSeriesCollection data = new XYSeriesCollection();
        for (Line line : lines) {
            XYSeries series = new XYSeries(line.name(), false);
            for (int i = 0; i < line.x().length; i++) {
                series.add(line.x()[i], line.y()[i]);
            }
            data.addSeries(series);
        }
        XYLineAndShapeRenderer renderer = lineRenderer(lines.size());
        if (shapes) {
            renderer.setSeriesShapesVisible(0, true);
            renderer.setSeriesPaint(1, ChartTheme.series(7));
            renderer.setSeriesStroke(
                    1, new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {5, 4}, 0));
        }
        NumberAxis domain = new NumberAxis(xLabel);
        NumberAxis range = new NumberAxis(yLabel);
        domain.setRange(0, 1);
        range.setRange(0, 1.01);
        domain.setStandardTickUnits(new NumberTickUnitSource());
        JFreeChart chart = ChartTheme.chart(new XYPlot(data, domain, range, renderer), true);
        return SvgRenderer.draw(chart, WIDTH, 360, yLabel + " over " + xLabel);
    }

    private static XYLineAndShapeRenderer lineRenderer(int lines) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDrawSeriesLineAsPath(true);
        for (int i = 0; i < lines; i++) {
            renderer.setSeriesPaint(i, ChartTheme.series(i));
            renderer.setSeriesStroke(i, ChartTheme.stroke(i));
            renderer.setSeriesShape(i, new Ellipse2D.Double(-3.5, -3.5, 7, 7));
        }
        renderer.setLegendLine(new java.awt.geom.Line2D.Double(-8, 0, 8, 0));
        return renderer;
    }

    private static XYSeries thinned(Line line) {
        XYSeries series = new XYSeries(line.name(), false);
        int n = line.x().length;
        int parts = Math.min(n, POINTS);
        for (int p = 0; p < parts; p++) {
            int from = (int) ((long) p * n / parts);
            int to = (int) ((long) (p + 1) * n / parts);
            double x = 0;
            double y = 0;
            for (int i = from; i < to; i++) {
                x += line.x()[i] / (to - from);
                y += line.y()[i] / (to - from);
            }
            series.add(x, y);
        }
        return series;
    }
}
