package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunControl;

/**
 * Hears requests at any time, from a thread of its own, and confirms them at once; the training thread asks here what
 * there is to do wherever it can do it. The last word counts: a resume takes back a pause that has not begun. Of several
 * processes the first one hears, and all obey.
 */
final class ControlDesk implements AutoCloseable {
    /** Time between two looks into the control folder. */
    private static final long PERIOD_MILLIS = 100;

    private static final int STOP = 1;
    private static final int PAUSE = 2;
    private static final int CHECKPOINT = 4;

    private final RunControl control;
    private final JobMonitor monitor;
    private final Team team;
    private final Consumer<RunCommand> heard;
    private final Consumer<String> trouble;
    private final ScheduledExecutorService ears;
    private int wishes;
    private boolean complained;

    /**
     * What there is to do now.
     *
     * @param stop the run is to end
     * @param pause the run is to wait; never together with a stop
     * @param checkpoint a checkpoint is to be written; told once
     */
    record Wishes(boolean stop, boolean pause, boolean checkpoint) {}

    /**
     * @param heard told of each request when it comes, on another thread
     * @param trouble told once when requests cannot be read
     */
    ControlDesk(
            RunControl control, JobMonitor monitor, Team team, Consumer<RunCommand> heard, Consumer<String> trouble) {
        this.control = control;
        this.monitor = monitor;
        this.team = team;
        this.heard = heard;
        this.trouble = trouble;
        this.ears = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "run-control");
            thread.setDaemon(true);
            return thread;
        });
        if (team.leads()) {
            ears.scheduleWithFixedDelay(this::listen, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void listen() {
        try {
            Optional<RunCommand> command = control.take();
            while (command.isPresent()) {
                take(command.get());
                command = control.take();
            }
            complained = false;
        } catch (IOException | RuntimeException e) {
            // the run goes on without control rather than end; the next look may succeed
            if (!complained) {
                complained = true;
                trouble.accept("Requests cannot be read: " + e);
            }
        }
    }

    private void take(RunCommand command) {
        synchronized (this) {
            switch (command) {
                case STOP -> wishes |= STOP;
                case PAUSE -> wishes |= PAUSE;
                case RESUME -> wishes &= ~PAUSE;
                case CHECKPOINT -> wishes |= CHECKPOINT;
            }
            notifyAll();
        }
        heard.accept(command);
    }

    /** Whether this process knows of anything to do; needs no other process. */
    synchronized boolean anything() {
        return wishes != 0 || monitor.isStopped();
    }

    /** What all processes have to do now; each of them calls this at the same place. */
    Wishes wishes() {
        int mine;
        synchronized (this) {
            mine = wishes;
            wishes &= ~CHECKPOINT;
        }
        int agreed = (int) team.first(mine);
        boolean stop = team.any(monitor.isStopped()) || (agreed & STOP) != 0;
        return new Wishes(stop, !stop && (agreed & PAUSE) != 0, (agreed & CHECKPOINT) != 0);
    }

    /** Waits for the next request, at most for a period, since a monitor does not call. */
    synchronized void await() throws InterruptedException {
        wait(PERIOD_MILLIS);
    }

    @Override
    public void close() {
        ears.shutdownNow();
    }
}
