package org.dinobench.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Why a worker's process ended, in words, for workers that could not say it themselves. Made before the process is
 * started, so that the system's own count of processes that it killed for want of memory can be compared.
 */
public final class WorkerEnd {
    private static final int SIGNALS = 128;
    private static final int ABORT = 6;
    private static final int KILL = 9;
    private static final int SEGMENT = 11;
    private static final long PATIENCE_SECONDS = 20;
    /** The whole system's counter, and that of the process's group. */
    private static final List<Path> COUNTERS =
            List.of(Path.of("/proc/vmstat"), Path.of("/sys/fs/cgroup/memory.events"));

    private final List<Path> counters;
    private final long before;

    private WorkerEnd(List<Path> counters) {
        this.counters = counters;
        this.before = kills(counters);
    }

    /** Begins to watch; to be called before the process starts. */
    public static WorkerEnd watch() {
        return watch(COUNTERS);
    }

    static WorkerEnd watch(List<Path> counters) {
        return new WorkerEnd(counters);
    }

    /**
     * What an exit code means.
     *
     * @param exitCode of the process; 128 and the signal's number when a signal ended it, as shells and Java have it
     * @return a phrase such as {@code "killed from outside (signal 9), as the system does when memory runs out"}
     */
    public String words(int exitCode) {
        return switch (exitCode - SIGNALS) {
            case KILL ->
                kills(counters) > before
                        ? "killed by the system for want of memory (signal 9)"
                        : "killed from outside (signal 9), as the system does when memory runs out";
            case ABORT -> "ended by native code that gave up (signal 6), by a fault or for want of memory";
            case SEGMENT -> "ended by a fault in native code (signal 11)";
            default ->
                exitCode > SIGNALS
                        ? "ended from outside (signal " + (exitCode - SIGNALS) + ")"
                        : "ended with exit code " + exitCode;
        };
    }

    /**
     * Writes the last word of a worker that died without one: the run has failed, why, and what to do. A status in
     * which the worker has said how it ended stays.
     *
     * @param statusFile the run's status
     * @param exitCode of the worker
     * @return what was written; empty when the worker had the last word itself
     */
    public Optional<String> leaveLastWord(Path statusFile, int exitCode) throws IOException, InterruptedException {
        Optional<RunStatus> said = RunStatus.readIfPresent(statusFile);
        if (said.isEmpty() || !said.get().state().isAlive()) {
            return Optional.empty();
        }
        // of several processes the launcher may end a moment before the one that tells the status
        awaitEnd(said.get());
        RunStatus last = RunStatus.read(statusFile);
        if (!last.state().isAlive() || last.observed(Instant.now()).state() != RunState.FAILED) {
            return Optional.empty();
        }
        String message = "The worker was " + words(exitCode) + " at step " + last.step() + "." + advice(exitCode)
                + " Its log may say more; the run can be resumed from its last checkpoint.";
        last.with(RunState.FAILED, message).write(statusFile);
        return Optional.of(message);
    }

    private static String advice(int exitCode) {
        boolean memory = exitCode == SIGNALS + KILL || exitCode == SIGNALS + ABORT;
        return memory
                ? " Against want of memory resume it with a smaller train.batch_size_per_gpu (and"
                        + " train.gradient_accumulation), or with train.activation_checkpointing=true."
                : "";
    }

    private static void awaitEnd(RunStatus status) throws InterruptedException {
        Optional<ProcessHandle> process = status.process();
        if (process.isEmpty()) {
            return;
        }
        try {
            process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stillThere) {
            return; // then it is not dead, and its status stays
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for process " + status.pid() + " failed", e);
        }
    }

    private static long kills(List<Path> counters) {
        return counters.stream().mapToLong(WorkerEnd::kills).sum();
    }

    private static long kills(Path counter) {
        try {
            return Files.isReadable(counter)
                    ? Files.readAllLines(counter).stream()
                            .filter(line -> line.startsWith("oom_kill "))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    : 0;
        } catch (IOException | NumberFormatException untold) {
            return 0; // as on a system without these counters: the words then leave the cause open
        }
    }
}
