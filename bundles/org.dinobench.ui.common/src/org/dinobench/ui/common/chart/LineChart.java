package org.dinobench.ui.common.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemSource;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.Range;

/**
 * A line chart of long series. Smoothing and decimation run in the background; the UI thread draws at most two points
 * for each pixel of width, whatever the length of the series.
 */
public final class LineChart extends Composite {
    private record View(List<LineSeries> series, Set<String> hidden, double smoothing, Range range, int buckets) {}

    private record Reduced(
            List<String> names, List<Integer> colors, List<Points> raw, List<Points> smooth, Range all) {}

    private final ExecutorService background = Executors.newSingleThreadExecutor(r -> {
        Thread thread = new Thread(r, "chart"); // $NON-NLS-1$
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean pending = new AtomicBoolean();
    private final JFreeChart chart;
    private final ChartCanvas canvas;
    private List<LineSeries> series = List.of();
    private Set<String> hidden = Set.of();
    private double smoothing;
    private boolean log;
    private volatile View wanted;
    private Reduced shown = new Reduced(List.of(), List.of(), List.of(), List.of(), null);

    /**
     * Makes an empty chart.
     *
     * @param parent the parent
     * @param xLabel name of the x axis
     * @param yLabel name of the y axis, may be null
     */
    public LineChart(Composite parent, String xLabel, String yLabel) {
        super(parent, SWT.NONE);
        setLayout(new FillLayout());
        chart = ChartFactory.createXYLineChart(null, xLabel, yLabel, null);
        chart.removeLegend();
        ((NumberAxis) chart.getXYPlot().getDomainAxis()).setAutoRangeIncludesZero(false);
        setLog(false);
        canvas = new ChartCanvas(this, chart);
        canvas.onRange(this::refresh);
        canvas.setReadout(this::readout);
        addListener(SWT.Resize, e -> refresh());
        addListener(SWT.Dispose, e -> background.shutdownNow());
        restyle();
    }

    /**
     * Shows other series.
     *
     * @param newSeries the series; the place in the list gives the colour
     */
    public void setSeries(List<LineSeries> newSeries) {
        series = List.copyOf(newSeries);
        refresh();
    }

    /**
     * Hides series.
     *
     * @param names keys of the series that are not drawn
     */
    public void setHidden(Set<String> names) {
        hidden = Set.copyOf(names);
        refresh();
    }

    /**
     * Sets the weight of the exponential average.
     *
     * @param weight 0 for none, below 1
     */
    public void setSmoothing(double weight) {
        smoothing = weight;
        refresh();
    }

    /**
     * Chooses the y axis.
     *
     * @param logarithmic true for powers of ten; values that are not positive are then not drawn
     */
    public void setLog(boolean logarithmic) {
        log = logarithmic;
        String label = chart.getXYPlot().getRangeAxis().getLabel();
        ValueAxis axis;
        if (logarithmic) {
            LogAxis logAxis = new LogAxis(label);
            logAxis.setSmallestValue(1e-9);
            logAxis.setStandardTickUnits(new NumberTickUnitSource());
            axis = logAxis;
        } else {
            NumberAxis plain = new NumberAxis(label);
            plain.setAutoRangeIncludesZero(false);
            axis = plain;
        }
        chart.getXYPlot().setRangeAxis(axis);
        if (canvas != null) {
            restyle();
            refresh();
        }
    }

    /**
     * Names the x axis.
     *
     * @param label what it counts
     */
    public void setXLabel(String label) {
        chart.getXYPlot().getDomainAxis().setLabel(label);
        canvas.invalidate();
    }

    /**
     * Writes what is shown: a picture as {@code .png} or {@code .svg}, or all points of the shown series as {@code
     * .csv}.
     *
     * @param file the file; its ending chooses the format, PNG when it is another
     * @throws IOException when it cannot be written
     */
    public void export(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) { // $NON-NLS-1$
            List<LineSeries> visible =
                    series.stream().filter(s -> !hidden.contains(s.name())).toList();
            ChartExport.csv(chart.getXYPlot().getDomainAxis().getLabel(), visible, file);
            return;
        }
        boolean alone = chart.getLegend() == null;
        if (alone) {
            // beside the chart the workbench shows the names; a picture has to bring them itself
            LegendTitle legend = new LegendTitle(chart.getXYPlot());
            legend.setPosition(RectangleEdge.BOTTOM);
            legend.setSources(new LegendItemSource[] {
                () -> chart.getXYPlot().getRenderer(0).getLegendItems()
            });
            legend.setItemPaint(ChartStyle.awt(Palette.of(getParent()).text()));
            chart.addLegend(legend);
        }
        try {
            if (name.endsWith(".svg")) { // $NON-NLS-1$
                ChartExport.svg(chart, file);
            } else {
                ChartExport.png(chart, file);
            }
        } finally {
            if (alone) {
                chart.removeLegend();
            }
        }
    }

    /** {@return whether the y axis is logarithmic} */
    public boolean log() {
        return log;
    }

    /** Shows the whole range of x. */
    public void showAll() {
        canvas.showAll();
    }

    /** Takes the colours of the theme that is now in force. */
    public void restyle() {
        ChartStyle.apply(chart, Palette.of(getParent()));
        show(shown);
    }

    /** Draws again after series have grown. */
    public void refresh() {
        if (isDisposed()) {
            return;
        }
        ValueAxis axis = chart.getXYPlot().getDomainAxis();
        wanted = new View(series, hidden, smoothing, axis.isAutoRange() ? null : axis.getRange(), canvas.plotWidth());
        if (!pending.compareAndSet(false, true)) {
            return;
        }
        Display display = getDisplay();
        try {
            background.execute(() -> {
                pending.set(false);
                Reduced reduced = reduce(wanted);
                if (!display.isDisposed()) {
                    display.asyncExec(() -> {
                        if (!isDisposed()) {
                            show(reduced);
                        }
                    });
                }
            });
        } catch (RejectedExecutionException e) {
            // the chart is being disposed; nothing is left to draw
            pending.set(false);
        }
    }

    /** {@return number of points that are drawn now, a measure for the reduction} */
    public int drawnPoints() {
        return shown.raw().stream().mapToInt(Points::size).sum()
                + shown.smooth().stream().mapToInt(Points::size).sum();
    }

    /** {@return whether nothing is being computed} */
    public boolean settled() {
        return !pending.get();
    }

    private static Reduced reduce(View view) {
        List<String> names = new ArrayList<>();
        List<Integer> colors = new ArrayList<>();
        List<Points> raw = new ArrayList<>();
        List<Points> smooth = new ArrayList<>();
        Range all = null;
        for (int i = 0; i < view.series().size(); i++) {
            LineSeries one = view.series().get(i);
            Points points = one.points();
            if (points.size() == 0 || view.hidden().contains(one.name())) {
                continue;
            }
            double first = points.x()[0];
            double last = points.x()[points.size() - 1];
            all = Range.combine(all, new Range(first, last));
            double from = view.range() == null ? first : view.range().getLowerBound();
            double to = view.range() == null ? last : view.range().getUpperBound();
            names.add(one.name());
            colors.add(i);
            // Behind a smoothed line the raw one is a haze, for which every other pixel is enough.
            int buckets = view.smoothing() == 0 ? view.buckets() : Math.max(1, view.buckets() / 2);
            raw.add(Decimation.minMax(points, from, to, buckets));
            smooth.add(
                    view.smoothing() == 0
                            ? Points.NONE
                            : Decimation.minMax(
                                    Smoothing.exponential(points, view.smoothing()), from, to, view.buckets()));
        }
        return new Reduced(names, colors, raw, smooth, all);
    }

    private void show(Reduced reduced) {
        shown = reduced;
        Palette palette = Palette.of(getParent());
        XYPlot plot = chart.getXYPlot();
        boolean smoothed = reduced.smooth().stream().anyMatch(p -> p.size() > 0);
        chart.setNotify(false);
        // dataset 0 is drawn last: the smoothed line lies over the raw one
        plot.setDataset(0, new PointsDataset(reduced.names(), smoothed ? reduced.smooth() : reduced.raw()));
        plot.setRenderer(0, renderer(reduced, palette, 255, 1.8f));
        plot.setDataset(1, smoothed ? new PointsDataset(reduced.names(), reduced.raw()) : null);
        plot.setRenderer(1, renderer(reduced, palette, 70, 1f));
        if (plot.getDomainAxis().isAutoRange() && reduced.all() != null) {
            double margin = Math.max(0.5, reduced.all().getLength() * 0.01);
            plot.getDomainAxis()
                    .setRange(
                            new Range(
                                    reduced.all().getLowerBound(), reduced.all().getUpperBound() + margin),
                            false,
                            false);
        }
        chart.setNotify(true);
        canvas.invalidate();
    }

    private static XYLineAndShapeRenderer renderer(Reduced reduced, Palette palette, int alpha, float width) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        // Line by line: a whole path crosses itself thousands of times where a series is noisy, and its outline then
        // takes several times as long as all its lines.
        renderer.setDrawSeriesLineAsPath(false);
        for (int i = 0; i < reduced.names().size(); i++) {
            Color color = ChartStyle.awt(palette.category(reduced.colors().get(i)));
            renderer.setSeriesPaint(i, alpha == 255 ? color : ChartStyle.fade(color, alpha));
            // Round joins cost a display server several times as much, and are not seen at this width.
            renderer.setSeriesStroke(i, new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL));
        }
        return renderer;
    }

    private String readout(double x) {
        Map<Integer, String> lines = new TreeMap<>();
        double at = Double.NaN;
        for (int i = 0; i < shown.names().size(); i++) {
            Points points = shown.smooth().get(i).size() > 0
                    ? shown.smooth().get(i)
                    : shown.raw().get(i);
            int nearest = points.nearest(x);
            if (nearest >= 0) {
                at = points.x()[nearest];
                lines.put(i, String.format("%s  %.5g", shown.names().get(i), points.y()[nearest])); // $NON-NLS-1$
            }
        }
        String label = chart.getXYPlot().getDomainAxis().getLabel();
        return lines.isEmpty()
                ? ""
                : String.format(at == Math.rint(at) ? "%s %.0f%n" : "%s %.2f%n", label, at)
                        + String.join("\n", lines.values()); // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }
}
