package org.dinobench.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunControl;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;

/** A worker that keeps to the run protocol: counts steps until it is stopped. Arguments: run folder, then anything. */
public final class TestWorker {
    private TestWorker() {}

    public static void main(String[] args) throws Exception {
        Path run = Path.of(args[0]);
        System.out.println("worker says hello");
        for (int i = 1; i < args.length; i++) {
            System.out.println("argument " + args[i]);
        }
        System.out.println("arenas " + System.getenv("MALLOC_ARENA_MAX") + ", extra " + System.getenv("EXTRA"));
        System.err.println("input ends with " + System.in.read());
        RunControl control = new RunControl(run.resolve("control"));
        for (long step = 1; ; step++) {
            Optional<RunCommand> command = control.take();
            if (command.isPresent() && command.get() == RunCommand.STOP) {
                status(RunState.STOPPED, step, "Stopped on request").write(run.resolve("status.json"));
                return;
            }
            status(RunState.RUNNING, step, "Training").write(run.resolve("status.json"));
            if (step == 1) {
                Files.writeString(run.resolve("ready"), "x");
            }
            Thread.sleep(20);
        }
    }

    private static RunStatus status(RunState state, long step, String message) {
        return RunStatus.ofThisProcess(state, step, 1000, OptionalDouble.empty(), OptionalDouble.empty(), message);
    }
}
