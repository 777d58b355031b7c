package org.dinobench.ui.common.chart;

import java.util.Arrays;

/**
 * A series that grows at its end while others read it. Appending belongs to one thread at a time; {@link #points} may
 * be called from any thread and gives a stable prefix without copying.
 */
public final class LineSeries {
    private final String name;
    private double[] x = new double[1024];
    private double[] y = new double[1024];
    private int size;

    /**
     * An empty series.
     *
     * @param name its key
     */
    public LineSeries(String name) {
        this.name = name;
    }

    /** {@return the key} */
    public String name() {
        return name;
    }

    /**
     * Adds a point.
     *
     * @param position not smaller than the last one; a smaller one (a run that was resumed from an older checkpoint)
     *     removes the points at and after it first
     * @param value the value
     */
    public synchronized void append(double position, double value) {
        if (size > 0 && position <= x[size - 1]) {
            truncate(position);
        }
        if (size == x.length) {
            x = Arrays.copyOf(x, size * 2);
            y = Arrays.copyOf(y, size * 2);
        }
        x[size] = position;
        y[size] = value;
        size++;
    }

    /** {@return the points so far} */
    public synchronized Points points() {
        return new Points(x, y, size);
    }

    private void truncate(double position) {
        int keep = points().indexOf(position);
        // readers may hold the arrays: what they see must not change under them
        x = Arrays.copyOf(x, x.length);
        y = Arrays.copyOf(y, y.length);
        size = keep;
    }
}
