package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.workspace.RunDirectory;

/**
 * Keeps {@code status.json} fresh: at once when the state changes, otherwise every few seconds from a thread of its own,
 * so that a long step or a pause is not taken for a dead worker.
 */
final class StatusBeat implements AutoCloseable {
    private final RunDirectory run;
    private final RunLog log;
    private final boolean told;
    private final ScheduledExecutorService timer;
    private RunStatus latest;
    private boolean complained;

    /** @param told whether this process tells the status; of several the first one does */
    StatusBeat(RunDirectory run, RunLog log, boolean told) {
        this.run = run;
        this.log = log;
        this.told = told;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "run-status");
            thread.setDaemon(true);
            return thread;
        });
        long period = RunStatus.HEARTBEAT_PERIOD.toMillis() / 2;
        timer.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
    }

    /** Changes what will be told at the next beat; tells it at once when the state or the message is another one. */
    synchronized void set(
            RunState state, long step, long total, OptionalDouble eta, OptionalDouble rate, String message) {
        RunStatus before = latest;
        latest = RunStatus.ofThisProcess(state, step, total, eta, rate, message);
        if (before == null || before.state() != state || !before.message().equals(message)) {
            write();
        }
    }

    /** The same numbers with another state and message, told at once. */
    synchronized void set(RunState state, String message) {
        if (latest != null) {
            set(state, latest.step(), latest.total(), latest.etaSeconds(), latest.imagesPerSecond(), message);
        } else {
            set(state, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), message);
        }
    }

    /** Another message beside the present state and numbers, told at once; any thread. */
    synchronized void note(String message) {
        if (latest != null) {
            set(latest.state(), message);
        }
    }

    private synchronized void beat() {
        if (latest != null) {
            latest = RunStatus.ofThisProcess(
                    latest.state(),
                    latest.step(),
                    latest.total(),
                    latest.etaSeconds(),
                    latest.imagesPerSecond(),
                    latest.message());
            write();
        }
    }

    private void write() {
        if (!told) {
            return;
        }
        try {
            run.writeStatus(latest);
            complained = false;
        } catch (IOException e) {
            // a status that cannot be written must not end the run; it is told once
            if (!complained) {
                complained = true;
                log.line("The status cannot be written: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
