package org.dinobench.ui.curator.view;

/**
 * Where points of the plane lie on a canvas. A value, not a question to the window: asking it for its size once for each
 * of 100,000 points would be slow.
 *
 * @param points in the unit square
 * @param scale pixels of its side
 * @param originX its left side, pixels from the canvas' corner
 * @param originY its upper side
 */
record MapFrame(MapPoints points, double scale, double originX, double originY) {
    int x(int point) {
        return (int) Math.round(originX + points.x()[point] * scale);
    }

    int y(int point) {
        return (int) Math.round(originY + points.y()[point] * scale);
    }
}
