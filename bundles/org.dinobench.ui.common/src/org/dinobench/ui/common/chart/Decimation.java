package org.dinobench.ui.common.chart;

/**
 * Reduces a series to what can be seen: for each bucket of x the smallest and the largest value, in their order. Peaks
 * survive, however short they are.
 */
public final class Decimation {
    private Decimation() {}

    /**
     * The visible points of a series.
     *
     * @param points the series
     * @param from first visible position
     * @param to last visible position
     * @param buckets number of buckets, about the number of pixels of the axis; at least 1
     * @return at most {@code 2 * buckets + 2} points: one neighbour on each side is kept so that lines reach the edge
     */
    public static Points minMax(Points points, double from, double to, int buckets) {
        int first = Math.max(0, points.indexOf(from) - 1);
        int end = Math.min(points.size(), points.indexOf(Math.nextUp(to)) + 1);
        int count = end - first;
        if (count <= 0) {
            return Points.NONE;
        }
        if (count <= 2 * buckets) {
            double[] x = java.util.Arrays.copyOfRange(points.x(), first, end);
            double[] y = java.util.Arrays.copyOfRange(points.y(), first, end);
            return new Points(x, y, count);
        }
        double[] x = new double[2 * buckets + 2];
        double[] y = new double[2 * buckets + 2];
        int n = 0;
        for (int b = 0; b < buckets; b++) {
            int start = first + (int) ((long) count * b / buckets);
            int stop = first + (int) ((long) count * (b + 1) / buckets);
            int low = -1;
            int high = -1;
            for (int i = start; i < stop; i++) {
                double v = points.y()[i];
                if (Double.isNaN(v)) {
                    continue;
                }
                if (low < 0 || v < points.y()[low]) {
                    low = i;
                }
                if (high < 0 || v > points.y()[high]) {
                    high = i;
                }
            }
            if (low < 0) {
                continue;
            }
            int one = Math.min(low, high);
            int two = Math.max(low, high);
            x[n] = points.x()[one];
            y[n++] = points.y()[one];
            if (two != one) {
                x[n] = points.x()[two];
                y[n++] = points.y()[two];
            }
        }
        return new Points(x, y, n);
    }
}
