package org.dinobench.ui.common.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimationTest {
    private static Points noise(int n) {
        Random random = new Random(1);
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
            y[i] = random.nextGaussian();
        }
        return new Points(x, y, n);
    }

    @Test
    void aPeakOfOnePointSurvives() {
        Points points = noise(1_000_000);
        points.y()[654_321] = 1000;
        points.y()[123_456] = -1000;
        Points reduced = Decimation.minMax(points, 0, 1_000_000, 800);
        assertTrue(reduced.size() <= 1602, "points: " + reduced.size());
        assertEquals(1000, Arrays.stream(reduced.y(), 0, reduced.size()).max().orElseThrow());
        assertEquals(-1000, Arrays.stream(reduced.y(), 0, reduced.size()).min().orElseThrow());
    }

    @Test
    void positionsStayAscending() {
        Points reduced = Decimation.minMax(noise(100_000), 20_000, 60_000, 333);
        for (int i = 1; i < reduced.size(); i++) {
            assertTrue(reduced.x()[i] > reduced.x()[i - 1]);
        }
    }

    @Test
    void fewPointsAreLeftAsTheyAreWithOneNeighbourOnEachSide() {
        Points reduced = Decimation.minMax(noise(1000), 100, 110, 800);
        assertEquals(13, reduced.size());
        assertEquals(99, reduced.x()[0]);
        assertEquals(111, reduced.x()[12]);
    }

    @Test
    void gapsDoNotHideTheirNeighbours() {
        Points points = noise(10_000);
        Arrays.fill(points.y(), 0, 5000, Double.NaN);
        points.y()[2500] = 7;
        Points reduced = Decimation.minMax(points, 0, 10_000, 100);
        assertTrue(Arrays.stream(reduced.y(), 0, reduced.size()).anyMatch(v -> v == 7));
    }
}
