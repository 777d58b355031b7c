package org.dinobench.ui.common.chart;

import java.util.List;
import org.jfree.data.DomainOrder;
import org.jfree.data.xy.AbstractXYDataset;

/** A fixed set of named series for JFreeChart, without a copy of the numbers. */
final class PointsDataset extends AbstractXYDataset {
    private static final long serialVersionUID = 1L;

    private final transient List<String> names;
    private final transient List<Points> series;

    PointsDataset(List<String> names, List<Points> series) {
        this.names = List.copyOf(names);
        this.series = List.copyOf(series);
    }

    @Override
    public int getSeriesCount() {
        return names.size();
    }

    @Override
    public String getSeriesKey(int index) {
        return names.get(index);
    }

    @Override
    public DomainOrder getDomainOrder() {
        return DomainOrder.ASCENDING;
    }

    @Override
    public int getItemCount(int index) {
        return series.get(index).size();
    }

    @Override
    public Number getX(int index, int item) {
        return getXValue(index, item);
    }

    @Override
    public Number getY(int index, int item) {
        return getYValue(index, item);
    }

    @Override
    public double getXValue(int index, int item) {
        return series.get(index).x()[item];
    }

    @Override
    public double getYValue(int index, int item) {
        return series.get(index).y()[item];
    }
}
