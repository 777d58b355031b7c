package org.dinobench.ui.common.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineSeriesTest {
    @Test
    void aRunThatGoesBackReplacesWhatCameAfter() {
        LineSeries series = new LineSeries("loss");
        for (int i = 0; i < 10; i++) {
            series.append(i, i);
        }
        Points before = series.points();
        series.append(5, 50);
        Points after = series.points();
        assertEquals(6, after.size());
        assertEquals(50, after.y()[5]);
        assertEquals(9, before.y()[9], "what a reader holds must not change");
        assertEquals(5, before.y()[5]);
    }

    @Test
    void theNearestPointIsFoundByPosition() {
        Points points = new Points(new double[] {0, 10, 20}, new double[3], 3);
        assertEquals(1, points.nearest(8));
        assertEquals(0, points.nearest(-5));
        assertEquals(2, points.nearest(99));
        assertEquals(-1, Points.NONE.nearest(1));
    }
}
