package org.dinobench.ui.common.chart;

/** The exponential moving average with bias correction, so that the beginning is not drawn towards zero. */
public final class Smoothing {
    private Smoothing() {}

    /**
     * Smooths a series.
     *
     * @param points the series; NaN values stay gaps and do not enter the average
     * @param weight weight of the past, 0 (nothing is changed) to below 1
     * @return a series of the same length
     */
    public static Points exponential(Points points, double weight) {
        if (weight < 0 || weight >= 1) {
            throw new IllegalArgumentException("weight=" + weight); // $NON-NLS-1$
        }
        if (weight == 0) {
            return points;
        }
        double[] y = new double[points.size()];
        double mean = 0;
        double mass = 0;
        for (int i = 0; i < points.size(); i++) {
            double v = points.y()[i];
            if (Double.isFinite(v)) {
                mean = weight * mean + (1 - weight) * v;
                mass = weight * mass + (1 - weight);
                y[i] = mean / mass;
            } else {
                y[i] = v;
            }
        }
        return new Points(points.x(), y, points.size());
    }
}
