package org.dinobench.core.job;

import org.dinobench.core.problem.StoppedException;

/**
 * How long work tells of its progress and learns that it should end. One monitor accompanies one job; a job has stages
 * one after the other. Implementations are thread-safe; callers poll {@link #checkStopped()} at least every few
 * hundred milliseconds.
 */
public interface JobMonitor {
    /** A monitor that shows nothing and is never stopped. */
    JobMonitor NONE = new JobMonitor() {
        @Override
        public void begin(String stage, long total) {}

        @Override
        public void worked(long units) {}

        @Override
        public void message(String text) {}

        @Override
        public boolean isStopped() {
            return false;
        }
    };

    /**
     * Starts the next stage; the one before is thereby done.
     *
     * @param stage a short phrase for a person, such as {@code "Decoding images"}
     * @param total units of work in this stage, or a negative number when unknown
     */
    void begin(String stage, long total);

    /**
     * Starts the next stage where a part of it is done already, as by an earlier worker.
     *
     * @param done units that need not be done again
     */
    default void begin(String stage, long total, long done) {
        begin(stage, total);
    }

    /**
     * Corrects the amount of work in the present stage.
     *
     * @param total units of work in this stage, those done included
     * @param detail a short phrase that is shown beside the numbers, such as {@code "40 % of 10 min"}; may be empty
     */
    default void expect(long total, String detail) {}

    /** Ends the present stage before what follows is told, where the next one does not begin at once. */
    default void done() {}

    /** @param units work done since the last call, in the units of {@link #begin} */
    void worked(long units);

    /** A remark within the present stage, such as a file that was skipped and why. */
    void message(String text);

    /** Whether somebody asked for the end of this job. */
    boolean isStopped();

    /** @throws StoppedException when {@link #isStopped()} */
    default void checkStopped() {
        if (isStopped()) {
            throw new StoppedException("Stopped on request");
        }
    }
}
