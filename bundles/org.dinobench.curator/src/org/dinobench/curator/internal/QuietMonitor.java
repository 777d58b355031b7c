package org.dinobench.curator.internal;

import org.dinobench.core.job.JobMonitor;

/** Passes stops and remarks on and keeps the progress of inner work to itself. */
public record QuietMonitor(JobMonitor outer) implements JobMonitor {
    @Override
    public void begin(String stage, long total) {
        // The stage is the outer one's.
    }

    @Override
    public void worked(long units) {
        // What is counted is the outer one's.
    }

    @Override
    public void message(String text) {
        outer.message(text);
    }

    @Override
    public boolean isStopped() {
        return outer.isStopped();
    }
}
