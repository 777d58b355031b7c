package org.dinobench.cluster.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.dinobench.cluster.WorkerHandle;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.workspace.RunDirectory;

/**
 * A worker process of this machine.
 *
 * @param run its run
 * @param process its process, identified by id and start time
 */
public record LocalWorker(RunDirectory run, ProcessHandle process) implements WorkerHandle {
    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public RunStatus status() {
        return run.status();
    }

    @Override
    public void stop() throws IOException {
        run.control().request(RunCommand.STOP);
    }

    @Override
    public void kill() {
        // children first: once their parent is gone they can no longer be found
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.toList().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }

    @Override
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for process " + pid() + " failed", e);
        }
    }
}
