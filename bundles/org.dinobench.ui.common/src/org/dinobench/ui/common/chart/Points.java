package org.dinobench.ui.common.chart;

/**
 * A run of points, sorted by x. The arrays may be longer than {@code size} and are not to be changed.
 *
 * @param x positions, ascending
 * @param y values, may hold NaN for a gap
 * @param size number of points
 */
public record Points(double[] x, double[] y, int size) {
    /** No points. */
    public static final Points NONE = new Points(new double[0], new double[0], 0);

    /**
     * The first point at or after a position.
     *
     * @param position the position
     * @return index, {@code size} when all lie before it
     */
    public int indexOf(double position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (x[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The point nearest to a position.
     *
     * @param position the position
     * @return index, -1 without points
     */
    public int nearest(double position) {
        if (size == 0) {
            return -1;
        }
        int after = Math.min(size - 1, indexOf(position));
        return after > 0 && position - x[after - 1] < x[after] - position ? after - 1 : after;
    }
}
