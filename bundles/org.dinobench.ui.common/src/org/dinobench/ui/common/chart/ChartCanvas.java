package org.dinobench.ui.common.chart;

import java.awt.geom.Rectangle2D;
import java.util.function.DoubleFunction;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.swt.SWTGraphics2D;

/**
 * Shows a JFreeChart: drag selects a range of x, the wheel zooms around the mouse, a double click shows the whole range
 * again, and a hair line reads values under the mouse.
 *
 * <p>The chart is drawn once into an image; moving the mouse draws only the hair line anew.
 */
final class ChartCanvas extends Canvas {
    private final JFreeChart chart;
    private final ChartRenderingInfo info = new ChartRenderingInfo();
    private Runnable onRange = () -> {};
    private DoubleFunction<String> readout = x -> ""; // $NON-NLS-1$
    private Image buffer;
    private int mouseX = -1;
    private int dragFrom = -1;

    ChartCanvas(Composite parent, JFreeChart chart) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        this.chart = chart;
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Resize, e -> invalidate());
        addListener(SWT.Dispose, e -> dropBuffer());
        addListener(SWT.MouseMove, e -> {
            mouseX = e.x;
            redraw();
        });
        addListener(SWT.MouseExit, e -> {
            mouseX = -1;
            redraw();
        });
        addListener(SWT.MouseDown, e -> {
            setFocus();
            if (e.button == 1) {
                dragFrom = e.x;
            }
        });
        addListener(SWT.MouseUp, this::mouseUp);
        addListener(SWT.MouseDoubleClick, e -> showAll());
        addListener(SWT.MouseVerticalWheel, e -> zoom(valueAt(e.x), e.count > 0 ? 0.8 : 1.25));
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.Traverse, e -> e.doit = true);
    }

    void onRange(Runnable listener) {
        this.onRange = listener;
    }

    void setReadout(DoubleFunction<String> text) {
        this.readout = text;
    }

    /** Draws the chart anew at the next paint. */
    void invalidate() {
        dropBuffer();
        redraw();
    }

    void showAll() {
        chart.getXYPlot().getDomainAxis().setAutoRange(true);
        onRange.run();
    }

    int plotWidth() {
        Rectangle2D area = info.getPlotInfo().getDataArea();
        return area.getWidth() > 0 ? (int) area.getWidth() : Math.max(1, getClientArea().width);
    }

    private void key(Event e) {
        ValueAxis axis = chart.getXYPlot().getDomainAxis();
        double middle = axis.getRange().getCentralValue();
        double step = axis.getRange().getLength() * 0.2;
        switch (e.keyCode) {
            case SWT.ARROW_LEFT -> pan(-step);
            case SWT.ARROW_RIGHT -> pan(step);
            case SWT.HOME -> showAll();
            default -> {
                if (e.character == '+') {
                    zoom(middle, 0.8);
                } else if (e.character == '-') {
                    zoom(middle, 1.25);
                }
            }
        }
    }

    private void pan(double by) {
        ValueAxis axis = chart.getXYPlot().getDomainAxis();
        axis.setRange(axis.getLowerBound() + by, axis.getUpperBound() + by);
        onRange.run();
    }

    private void zoom(double around, double factor) {
        ValueAxis axis = chart.getXYPlot().getDomainAxis();
        double low = around - (around - axis.getLowerBound()) * factor;
        double high = around + (axis.getUpperBound() - around) * factor;
        if (high - low > 1e-9) {
            axis.setRange(low, high);
            onRange.run();
        }
    }

    private void mouseUp(Event e) {
        if (dragFrom >= 0 && Math.abs(e.x - dragFrom) > 6) {
            double one = valueAt(dragFrom);
            double two = valueAt(e.x);
            chart.getXYPlot().getDomainAxis().setRange(Math.min(one, two), Math.max(one, two));
            onRange.run();
        }
        dragFrom = -1;
        redraw();
    }

    private double valueAt(int x) {
        return chart.getXYPlot()
                .getDomainAxis()
                .java2DToValue(x, info.getPlotInfo().getDataArea(), RectangleEdge.BOTTOM);
    }

    private void dropBuffer() {
        if (buffer != null) {
            buffer.dispose();
            buffer = null;
        }
    }

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        if (area.width < 20 || area.height < 20) {
            return;
        }
        if (buffer == null) {
            // Made from data, the picture lies in this process: a remote or software display gets finished pixels
            // instead of thousands of line segments that it would hold the window up with.
            buffer = new Image(
                    getDisplay(), new ImageData(area.width, area.height, 24, new PaletteData(0xff0000, 0xff00, 0xff)));
            GC into = new GC(buffer);
            into.setAntialias(SWT.ON);
            into.setTextAntialias(SWT.ON);
            SWTGraphics2D graphics = new SWTGraphics2D(into);
            chart.draw(graphics, new Rectangle2D.Double(0, 0, area.width, area.height), info);
            graphics.dispose();
            into.dispose();
        }
        gc.drawImage(buffer, 0, 0);
        overlay(gc, area);
    }

    private void overlay(GC gc, Rectangle area) {
        Rectangle2D plot = info.getPlotInfo().getDataArea();
        Palette palette = Palette.of(getParent());
        if (dragFrom >= 0 && mouseX >= 0) {
            gc.setAlpha(50);
            gc.setBackground(palette.accent());
            gc.fillRectangle(
                    Math.min(dragFrom, mouseX), (int) plot.getY(), Math.abs(mouseX - dragFrom), (int) plot.getHeight());
            gc.setAlpha(255);
        }
        if (mouseX < plot.getMinX() || mouseX > plot.getMaxX()) {
            return;
        }
        String text = readout.apply(valueAt(mouseX));
        if (text.isEmpty()) {
            return;
        }
        gc.setForeground(palette.subtle());
        gc.setLineStyle(SWT.LINE_DOT);
        gc.drawLine(mouseX, (int) plot.getMinY(), mouseX, (int) plot.getMaxY());
        gc.setLineStyle(SWT.LINE_SOLID);
        Point size = gc.textExtent(text);
        int x = mouseX + 12 + size.x + 16 > area.width ? mouseX - 12 - size.x - 16 : mouseX + 12;
        int y = (int) plot.getMinY() + 8;
        gc.setAlpha(235);
        gc.setBackground(palette.card());
        gc.fillRoundRectangle(x, y, size.x + 16, size.y + 10, 8, 8);
        gc.setAlpha(255);
        gc.setForeground(palette.line());
        gc.drawRoundRectangle(x, y, size.x + 16, size.y + 10, 8, 8);
        gc.setForeground(palette.text());
        gc.drawText(text, x + 8, y + 5, true);
    }
}
