package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dinobench.core.run.HostName;
import org.dinobench.core.run.ResourceFiles;
import org.dinobench.core.run.ResourceSample;
import org.dinobench.core.workspace.RunDirectory;

/**
 * Records every few seconds what this process takes of its machine, from a thread of its own. A record that cannot be
 * written ends the recording, not the run.
 */
final class ResourceBeat implements AutoCloseable {
    private static final long PERIOD_MILLIS = 5000;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private final ResourceFiles files;
    private final RunLog log;
    private final int rank;
    private final Optional<GpuProbe> gpu;
    private final ScheduledExecutorService timer;
    private final long periodMillis;
    private long lastNanos = System.nanoTime();
    private double lastCpu = cpuSeconds();

    /** @param rank number of this process */
    ResourceBeat(RunDirectory run, RunLog log, int rank) {
        this(run, log, rank, PERIOD_MILLIS);
    }

    ResourceBeat(RunDirectory run, RunLog log, int rank, long periodMillis) {
        this.files = new ResourceFiles(run.folder());
        this.log = log;
        this.rank = rank;
        this.gpu = GpuProbe.find();
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "run-resources");
            thread.setDaemon(true);
            return thread;
        });
        this.periodMillis = periodMillis;
    }

    /** Begins to record; the first sample comes soon. */
    void start() {
        timer.scheduleWithFixedDelay(this::beat, Math.min(1000, periodMillis), periodMillis, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            files.append(sample());
        } catch (IOException e) {
            log.line("What the run takes of the machine is not recorded any more: " + e.getMessage());
            timer.shutdown();
        }
    }

    private ResourceSample sample() throws IOException {
        long now = System.nanoTime();
        double cpu = cpuSeconds();
        double cores = Math.max(0, cpu - lastCpu) / Math.max(1e-3, (now - lastNanos) * 1e-9);
        lastNanos = now;
        lastCpu = cpu;
        return new ResourceSample(
                System.currentTimeMillis() / 1000.0,
                rank,
                HostName.get(),
                cores,
                Runtime.getRuntime().availableProcessors(),
                kibibytes(STATUS, "VmRSS:") << 10,
                kibibytes(MEMORY, "MemTotal:") << 10,
                gpu.flatMap(probe -> probe.look(rank)));
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() * 1e-9)
                .orElse(Double.NaN);
    }

    private static long kibibytes(Path file, String key) throws IOException {
        if (!Files.isReadable(file)) {
            return 0;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
