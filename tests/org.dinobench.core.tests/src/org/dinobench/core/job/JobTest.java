package org.dinobench.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.dinobench.core.problem.StoppedException;
import org.junit.jupiter.api.Test;

class JobTest {
    @Test
    void steadyWorkIsEstimatedExactly() {
        EtaEstimator eta = new EtaEstimator(20);
        assertEquals(OptionalDouble.empty(), eta.remainingSeconds(100));
        for (int second = 0; second <= 30; second++) {
            eta.update(second, second * 2);
        }
        assertEquals(20, eta.remainingSeconds(100).getAsDouble(), 1e-9);
        assertEquals(0, eta.remainingSeconds(50).getAsDouble());
    }

    @Test
    void aChangeOfSpeedIsLearntAndASlowStartForgotten() {
        EtaEstimator eta = new EtaEstimator(20);
        double done = 0;
        for (int second = 0; second <= 200; second++) {
            eta.update(second, done);
            done += second < 100 ? 1 : 4;
        }
        assertEquals(4, eta.rate().getAsDouble(), 0.1);
    }

    @Test
    void durationsReadWell() {
        assertEquals(
                List.of("0 s", "59 s", "1 min 00 s", "3 min 20 s", "2 h 05 min"),
                List.of(
                        EtaEstimator.format(0.2),
                        EtaEstimator.format(59.4),
                        EtaEstimator.format(59.6),
                        EtaEstimator.format(200),
                        EtaEstimator.format(7500)));
    }

    @Test
    void plainOutputIsSparse() {
        AtomicLong clock = new AtomicLong();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ConsoleMonitor monitor = new ConsoleMonitor(new PrintStream(bytes), false, clock::get)) {
            monitor.begin("Decoding images", 10_000);
            for (int i = 0; i < 10_000; i++) {
                clock.addAndGet(2_000_000); // 2 ms each: 20 s in all
                monitor.worked(1);
            }
            monitor.message("a.jpg: broken");
        }
        List<String> lines = bytes.toString().lines().toList();
        assertEquals(6, lines.size(), lines.toString());
        assertEquals("Decoding images: 2,500 of 10,000 (25 %), about 15 s left", lines.get(0));
        assertEquals("a.jpg: broken", lines.get(4));
        assertEquals("Decoding images: 10,000, 20 s", lines.get(5));
    }

    @Test
    void theAmountOfWorkMayBeCorrectedAndAPartBeDoneAlready() {
        AtomicLong clock = new AtomicLong();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ConsoleMonitor console = new ConsoleMonitor(new PrintStream(bytes), false, clock::get)) {
            StopFlag monitor = new StopFlag(console);
            monitor.begin("Training", 400, 100);
            for (int i = 0; i < 50; i++) {
                clock.addAndGet(100_000_000); // ten a second
                monitor.expect(300, "50 % of 1 min");
                monitor.worked(1);
            }
        }
        assertEquals(
                List.of("Training: 150 of 300 (50 %), 50 % of 1 min, about 15 s left", "Training: 150, 5 s"),
                bytes.toString().lines().toList());
    }

    @Test
    void aTerminalGetsOneLineThatIsRewritten() {
        AtomicLong clock = new AtomicLong();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ConsoleMonitor monitor = new ConsoleMonitor(new PrintStream(bytes), true, clock::get)) {
            monitor.begin("Stage", -1);
            for (int i = 0; i < 10; i++) {
                clock.addAndGet(300_000_000);
                monitor.worked(1);
            }
        }
        assertEquals(
                1,
                bytes.toString()
                        .lines()
                        .filter(l -> l.contains("Stage: 10, 3 s"))
                        .count());
        assertTrue(bytes.toString().split("\r").length > 10);
    }

    @Test
    void aStageThatIsDoneStandsBeforeWhatIsToldThen() {
        AtomicLong clock = new AtomicLong();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ConsoleMonitor console = new ConsoleMonitor(new PrintStream(bytes), false, clock::get)) {
            StopFlag monitor = new StopFlag(console);
            monitor.begin("Assigning", 3);
            monitor.worked(3);
            clock.addAndGet(2_000_000_000L);
            monitor.done();
            monitor.message("Training begins");
        }
        assertEquals(
                List.of("Assigning: 3, 2 s", "Training begins"),
                bytes.toString().lines().toList());
    }

    @Test
    void aStopFlagStops() {
        StopFlag outer = new StopFlag();
        StopFlag flag = new StopFlag(outer);
        flag.checkStopped();
        assertFalse(flag.isStopped());
        outer.stop();
        assertThrows(StoppedException.class, flag::checkStopped);
    }
}
