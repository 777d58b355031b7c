package org.dinobench.core.job;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Progress on a console: on a terminal one line that is rewritten, otherwise plain lines, at most one every few seconds.
 * Never stopped by itself; wrap it in a {@link StopFlag}. Thread-safe.
 */
public final class ConsoleMonitor implements JobMonitor, AutoCloseable {
    private static final long TERMINAL_NANOS = 200_000_000L;
    private static final long PLAIN_NANOS = 5_000_000_000L;
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier clock;
    private String stage = "";
    private long total;
    private long done;
    private String detail = "";
    private long stageStart;
    private long lastShown;
    private boolean lineOpen;
    private EtaEstimator eta = new EtaEstimator(20);

    /** @param out usually standard error, so that results on standard output stay clean */
    public ConsoleMonitor(PrintStream out) {
        this(out, System.console() != null, System::nanoTime);
    }

    /**
     * @param terminal whether carriage returns rewrite the line
     * @param clock nanoseconds
     */
    public ConsoleMonitor(PrintStream out, boolean terminal, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void begin(String newStage, long newTotal) {
        begin(newStage, newTotal, 0);
    }

    @Override
    public synchronized void begin(String newStage, long newTotal, long alreadyDone) {
        endStage();
        stage = newStage;
        total = newTotal;
        done = alreadyDone;
        detail = "";
        stageStart = clock.getAsLong();
        lastShown = stageStart;
        eta = new EtaEstimator(20);
        eta.update(stageStart / 1e9, done);
        if (terminal) {
            show(stageStart);
        }
    }

    @Override
    public synchronized void expect(long newTotal, String newDetail) {
        total = newTotal;
        detail = newDetail;
    }

    @Override
    public synchronized void worked(long units) {
        done += units;
        long now = clock.getAsLong();
        if (now - lastShown >= (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            eta.update(now / 1e9, done);
            show(now);
        }
    }

    @Override
    public synchronized void message(String text) {
        wipe();
        out.println(text);
        out.flush();
        if (terminal && !stage.isEmpty()) {
            show(clock.getAsLong());
        }
    }

    @Override
    public boolean isStopped() {
        return false;
    }

    /** Shows the stage with its duration. */
    @Override
    public synchronized void done() {
        endStage();
        stage = "";
    }

    /** Ends the last stage. */
    @Override
    public void close() {
        done();
    }

    private void endStage() {
        if (stage.isEmpty()) {
            return;
        }
        wipe();
        double seconds = (clock.getAsLong() - stageStart) / 1e9;
        out.println(stage + (done > 0 ? ": " + count(done) : "") + ", " + EtaEstimator.format(seconds));
        out.flush();
    }

    private void show(long now) {
        lastShown = now;
        StringBuilder line = new StringBuilder(stage);
        if (total > 0) {
            line.append(String.format(
                    Locale.ROOT, ": %s of %s (%d %%)", count(done), count(total), Math.min(100, 100 * done / total)));
            if (!detail.isEmpty()) {
                line.append(", ").append(detail);
            }
            OptionalDouble left = eta.remainingSeconds(total);
            left.ifPresent(
                    s -> line.append(", about ").append(EtaEstimator.format(s)).append(" left"));
        } else if (done > 0) {
            line.append(": ").append(count(done));
        }
        if (terminal) {
            wipe();
            out.print(line.length() > WIDTH ? line.substring(0, WIDTH) : line);
            lineOpen = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    private void wipe() {
        if (lineOpen) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            lineOpen = false;
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
