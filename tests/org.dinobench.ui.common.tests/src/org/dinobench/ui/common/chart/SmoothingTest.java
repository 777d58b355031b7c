package org.dinobench.ui.common.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SmoothingTest {
    @Test
    void aConstantStaysTheConstantFromItsFirstPoint() {
        Points points = new Points(new double[] {0, 1, 2}, new double[] {5, 5, 5}, 3);
        Points smooth = Smoothing.exponential(points, 0.9);
        for (int i = 0; i < 3; i++) {
            assertEquals(5, smooth.y()[i], 1e-12);
        }
    }

    @Test
    void theSecondPointIsTheWeightedMeanOfTheFirstTwo() {
        Points points = new Points(new double[] {0, 1}, new double[] {1, 3}, 2);
        // weights 0.8 * 0.2 and 0.2, divided by their sum 0.36
        assertEquals(
                (0.16 * 1 + 0.2 * 3) / 0.36, Smoothing.exponential(points, 0.8).y()[1], 1e-12);
    }

    @Test
    void gapsStayGapsAndDoNotSpoilWhatFollows() {
        Points points = new Points(new double[] {0, 1, 2}, new double[] {2, Double.NaN, 2}, 3);
        Points smooth = Smoothing.exponential(points, 0.5);
        assertTrue(Double.isNaN(smooth.y()[1]));
        assertEquals(2, smooth.y()[2], 1e-12);
    }

    @Test
    void noWeightChangesNothingAndOneIsRefused() {
        Points points = new Points(new double[] {0}, new double[] {1}, 1);
        assertSame(points, Smoothing.exponential(points, 0));
        assertThrows(IllegalArgumentException.class, () -> Smoothing.exponential(points, 1));
    }
}
