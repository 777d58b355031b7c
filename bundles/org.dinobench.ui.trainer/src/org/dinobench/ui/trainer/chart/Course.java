package org.dinobench.ui.trainer.chart;

import org.dinobench.ui.common.chart.Decimation;
import org.dinobench.ui.common.chart.Points;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;

/** A small line without axes that shows the course of a number on a card. */
public final class Course {
    private Course() {}

    /**
     * Draws points from their lowest to their highest value.
     *
     * @param gc to draw with
     * @param palette the colours
     * @param points any number of them
     * @param area where
     */
    public static void draw(GC gc, Palette palette, Points points, Rectangle area) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < points.size(); i++) {
            if (Double.isFinite(points.y()[i])) {
                low = Math.min(low, points.y()[i]);
                high = Math.max(high, points.y()[i]);
            }
        }
        draw(gc, palette, points, area, low, high);
    }

    /**
     * Draws points within a range of values.
     *
     * @param gc to draw with
     * @param palette the colours
     * @param points any number of them
     * @param area where
     * @param low value at the bottom
     * @param high value at the top
     */
    public static void draw(GC gc, Palette palette, Points points, Rectangle area, double low, double high) {
        gc.setForeground(palette.line());
        gc.drawLine(area.x, area.y + area.height, area.x + area.width, area.y + area.height);
        if (points.size() < 2 || !(high >= low)) {
            return;
        }
        double from = points.x()[0];
        double to = points.x()[points.size() - 1];
        if (!(to > from)) {
            return;
        }
        Points drawn = Decimation.minMax(points, from, to, Math.max(1, area.width / 2));
        double span = high > low ? high - low : 1;
        gc.setForeground(palette.accent());
        int lastX = 0;
        int lastY = 0;
        boolean pen = false;
        for (int i = 0; i < drawn.size(); i++) {
            boolean there = Double.isFinite(drawn.y()[i]);
            if (there) {
                int x = area.x + (int) Math.round((drawn.x()[i] - from) / (to - from) * area.width);
                double share = Math.max(0, Math.min(1, (drawn.y()[i] - low) / span));
                int y = area.y + area.height - 2 - (int) Math.round(share * (area.height - 4));
                if (pen) {
                    gc.drawLine(lastX, lastY, x, y);
                }
                lastX = x;
                lastY = y;
            }
            pen = there;
        }
    }
}
