package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.util.Optional;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunControl;

/** Hears requests between steps. Of several processes the first one hears them, and all obey. */
final class ControlDesk {
    private static final long PAUSE_POLL_MILLIS = 100;

    private final RunControl control;
    private final JobMonitor monitor;
    private final Team team;

    /** What the loop has to do now. */
    enum Order {
        /** Go on. */
        CONTINUE,
        /** Write a checkpoint and go on. */
        CHECKPOINT,
        /** Write a checkpoint and end. */
        STOP
    }

    ControlDesk(RunControl control, JobMonitor monitor, Team team) {
        this.control = control;
        this.monitor = monitor;
        this.team = team;
    }

    /** The request that all processes obey; a stop asked of one process is one for all. */
    private Optional<RunCommand> take() throws IOException {
        int mine = team.leads() ? control.take().map(RunCommand::ordinal).orElse(-1) : -1;
        int taken = (int) team.first(mine);
        if (team.any(monitor.isStopped())) {
            return Optional.of(RunCommand.STOP);
        }
        return taken < 0 ? Optional.empty() : Optional.of(RunCommand.values()[taken]);
    }

    /**
     * Takes one request, and waits through a pause.
     *
     * @param paused told once when a pause begins
     * @param resumed told once when it ends
     */
    Order poll(Runnable paused, Runnable resumed) throws IOException, InterruptedException {
        Optional<RunCommand> command = take();
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
            Optional<RunCommand> command = take();
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
