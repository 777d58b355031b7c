package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.util.Optional;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunControl;

/** Hears requests between steps. */
final class ControlDesk {
    private static final long PAUSE_POLL_MILLIS = 100;

    private final RunControl control;
    private final JobMonitor monitor;

    /** What the loop has to do now. */
    enum Order {
        /** Go on. */
        CONTINUE,
        /** Write a checkpoint and go on. */
        CHECKPOINT,
        /** Write a checkpoint and end. */
        STOP
    }

    ControlDesk(RunControl control, JobMonitor monitor) {
        this.control = control;
        this.monitor = monitor;
    }

    /**
     * Takes one request, and waits through a pause.
     *
     * @param paused told once when a pause begins
     * @param resumed told once when it ends
     */
    Order poll(Runnable paused, Runnable resumed) throws IOException, InterruptedException {
        if (monitor.isStopped()) {
            return Order.STOP;
        }
        Optional<RunCommand> command = control.take();
        if (command.isEmpty() || command.get() == RunCommand.RESUME) {
            return Order.CONTINUE;
        }
        return switch (command.get()) {
            case STOP -> Order.STOP;
            case CHECKPOINT -> Order.CHECKPOINT;
            default -> pause(paused, resumed);
        };
    }

    private Order pause(Runnable paused, Runnable resumed) throws IOException, InterruptedException {
        paused.run();
        while (true) {
            if (monitor.isStopped()) {
                return Order.STOP;
            }
            Optional<RunCommand> command = control.take();
            if (command.isPresent() && command.get() != RunCommand.PAUSE) {
                resumed.run();
                return switch (command.get()) {
                    case STOP -> Order.STOP;
                    case CHECKPOINT -> Order.CHECKPOINT;
                    default -> Order.CONTINUE;
                };
            }
            Thread.sleep(PAUSE_POLL_MILLIS);
        }
    }
}
