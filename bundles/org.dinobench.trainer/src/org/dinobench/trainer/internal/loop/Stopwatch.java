package org.dinobench.trainer.internal.loop;

/** Time at work: it stands still in a pause, and begins with what earlier workers of the run spent. */
final class Stopwatch {
    private double before;
    private long since = System.nanoTime();
    private boolean running = true;

    /** @param before seconds spent already */
    void add(double seconds) {
        before += seconds;
    }

    /** Seconds at work. */
    double seconds() {
        return before + (running ? (System.nanoTime() - since) * 1e-9 : 0);
    }

    void pause() {
        before = seconds();
        running = false;
    }

    void resume() {
        since = System.nanoTime();
        running = true;
    }
}
