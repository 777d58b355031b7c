package org.dinobench.ui.common.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.UiRobot;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static final int MANY = 1_000_000;

    private UiRobot robot;
    private Shell shell;
    private LineChart chart;

    @BeforeEach
    void open() {
        robot = new UiRobot(Display.getCurrent());
        shell = new Shell(Display.getCurrent());
        shell.setLayout(new FillLayout());
        chart = new LineChart(shell, "step", null);
        shell.setSize(1000, 600);
        shell.open();
        robot.settle(100);
    }

    @AfterEach
    void close() {
        shell.dispose();
        robot.handleAll();
    }

    private static LineSeries series(String name, int n) {
        Random random = new Random(name.hashCode());
        LineSeries series = new LineSeries(name);
        for (int i = 0; i < n; i++) {
            series.append(i, 2 + 8 * Math.exp(-3.0 * i / n) + 0.3 * random.nextGaussian());
        }
        return series;
    }

    @Test
    void aMillionPointsAreDrawnAndZoomedWithoutHoldingTheWindow() throws IOException {
        chart.setSmoothing(0.95);
        robot.startMeasuring();
        chart.setSeries(List.of(series("a", MANY), series("b", MANY)));
        robot.waitUntil("first drawing", () -> chart.drawnPoints() > 0);
        assertTrue(robot.worstCpuMillis() < 100, "the first drawing took " + robot.worstCpuMillis() + " ms of CPU");
        // What making two million points left behind is not to be collected while the clock is judged.
        System.gc();
        robot.startMeasuring();
        Control canvas = chart.getChildren()[0];
        canvas.setFocus();
        for (int i = 0; i < 30; i++) {
            robot.key(canvas, i % 3 == 2 ? SWT.ARROW_RIGHT : '+', 0);
            robot.move(canvas, 300 + 10 * i, 200);
            robot.settle(30);
        }
        System.out.printf(
                "chart of 2 x %,d: longest turn %.1f ms of CPU, %.1f ms of the clock, %,d points drawn%n",
                MANY, robot.worstCpuMillis(), robot.worstMillis(), chart.drawnPoints());
        assertTrue(robot.worstCpuMillis() < 100, "a turn took " + robot.worstCpuMillis() + " ms of CPU");
        if (UiRobot.machineIsCalm()) {
            assertTrue(robot.worstMillis() < 100, "a turn took " + robot.worstMillis() + " ms");
        }
        assertTrue(chart.drawnPoints() < 16_000, chart.drawnPoints() + " points drawn");
        assertTrue(Screenshots.colours(Screenshots.take(chart, "chart-million")) > 10, "nothing was drawn");
    }

    @Test
    void hiddenSeriesAreNotDrawn() {
        chart.setSeries(List.of(series("a", 100), series("b", 100)));
        robot.waitUntil("both", () -> chart.drawnPoints() == 200);
        chart.setHidden(Set.of("a"));
        robot.waitUntil("one", () -> chart.drawnPoints() == 100);
        chart.setHidden(Set.of("a", "b"));
        robot.waitUntil("none", () -> chart.drawnPoints() == 0);
    }

    @Test
    void aGrowingSeriesIsFollowed() {
        LineSeries growing = series("a", 100);
        chart.setSeries(List.of(growing));
        robot.waitUntil("the first points", () -> chart.drawnPoints() == 100);
        growing.append(100, 1);
        chart.refresh();
        robot.waitUntil("the new point", () -> chart.drawnPoints() == 101);
    }

    @Test
    void theLogAxisBearsValuesThatAreNotPositive() throws IOException {
        LineSeries series = new LineSeries("koleo_loss");
        for (int i = 0; i < 50; i++) {
            series.append(i, i - 25);
        }
        chart.setSeries(List.of(series));
        chart.setLog(true);
        robot.waitUntil("drawing", () -> chart.drawnPoints() == 50);
        robot.settle(100);
        assertTrue(chart.log());
        assertTrue(Screenshots.colours(Screenshots.take(chart, "chart-log")) > 5, "nothing was drawn");
        assertEquals(50, chart.drawnPoints());
    }
}
