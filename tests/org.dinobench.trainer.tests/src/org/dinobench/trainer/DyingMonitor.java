package org.dinobench.trainer;

import org.dinobench.core.job.JobMonitor;

/** Ends the worker in the middle of its work after so many steps, without letting it write anything further. */
public final class DyingMonitor implements JobMonitor {
    /** Not one of the failures that a worker handles. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final int steps;
    private int calls;

    public DyingMonitor(int steps) {
        this.steps = steps;
    }

    @Override
    public void begin(String stage, long total) {}

    @Override
    public void worked(long units) {
        if (++calls == steps) {
            throw new Death();
        }
    }

    @Override
    public void message(String text) {}

    @Override
    public boolean isStopped() {
        return false;
    }
}
