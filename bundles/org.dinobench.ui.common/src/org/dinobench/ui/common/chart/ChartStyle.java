package org.dinobench.ui.common.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.FontData;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** Gives charts the colours and the font of the workbench. */
public final class ChartStyle {
    private ChartStyle() {}

    /**
     * Turns an SWT colour into an AWT one.
     *
     * @param color the colour
     * @return the same colour
     */
    public static Color awt(org.eclipse.swt.graphics.Color color) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue());
    }

    /**
     * The same colour, more transparent.
     *
     * @param color the colour
     * @param alpha 0 to 255
     * @return the transparent colour
     */
    public static Color fade(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    /**
     * Styles grounds, grid lines and axes.
     *
     * @param chart a chart with an {@link XYPlot}
     * @param palette the colours
     */
    public static void apply(JFreeChart chart, Palette palette) {
        FontData data = JFaceResources.getDialogFont().getFontData()[0];
        // AWT counts pixels, SWT points of 1/72 inch on a display of 96 pixels an inch
        Font font = new Font(data.getName(), Font.PLAIN, Math.round(Math.max(8, data.getHeight()) * 1.2f));
        chart.setBackgroundPaint(awt(palette.canvas()));
        chart.setPadding(new RectangleInsets(8, 4, 4, 12));
        chart.setBorderVisible(false);
        XYPlot plot = chart.getXYPlot();
        plot.setBackgroundPaint(awt(palette.canvas()));
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(awt(palette.line()));
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        axis(plot.getDomainAxis(), palette, font);
        axis(plot.getRangeAxis(), palette, font);
    }

    private static void axis(ValueAxis axis, Palette palette, Font font) {
        axis.setLabelFont(font);
        axis.setTickLabelFont(font);
        axis.setLabelPaint(awt(palette.subtle()));
        axis.setTickLabelPaint(awt(palette.subtle()));
        axis.setAxisLinePaint(awt(palette.line()));
        axis.setTickMarkPaint(awt(palette.line()));
    }
}
