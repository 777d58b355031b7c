package org.dinobench.app.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dinobench.core.job.JobMonitor;

/** Announces and times the stages of a job. */
final class Stages {
    private final JobMonitor monitor;
    private final int count;
    private final Map<String, Duration> timings = new LinkedHashMap<>();

    Stages(JobMonitor monitor, int count) {
        this.monitor = monitor;
        this.count = count;
    }

    /** The work of a stage. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    <T> T run(String name, Work<T> work) throws IOException {
        monitor.checkStopped();
        monitor.message("[" + (timings.size() + 1) + "/" + count + "] " + name);
        long start = System.nanoTime();
        T result = work.run();
        // otherwise the last line of this stage would stand under the head of the next
        monitor.done();
        timings.put(name, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    Map<String, Duration> timings() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(timings));
    }
}
