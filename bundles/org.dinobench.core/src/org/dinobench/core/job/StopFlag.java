package org.dinobench.core.job;

/**
 * A monitor that passes everything on to another and can be stopped by anybody. It is stopped when either is.
 */
public final class StopFlag implements JobMonitor {
    private final JobMonitor next;
    private volatile boolean stopped;

    /** A monitor that shows nothing. */
    public StopFlag() {
        this(JobMonitor.NONE);
    }

    /** @param next sees all progress */
    public StopFlag(JobMonitor next) {
        this.next = next;
    }

    /** Asks the job to end. */
    public void stop() {
        stopped = true;
    }

    @Override
    public void begin(String stage, long total) {
        next.begin(stage, total);
    }

    @Override
    public void begin(String stage, long total, long done) {
        next.begin(stage, total, done);
    }

    @Override
    public void expect(long total, String detail) {
        next.expect(total, detail);
    }

    @Override
    public void done() {
        next.done();
    }

    @Override
    public void worked(long units) {
        next.worked(units);
    }

    @Override
    public void message(String text) {
        next.message(text);
    }

    @Override
    public boolean isStopped() {
        return stopped || next.isStopped();
    }
}
