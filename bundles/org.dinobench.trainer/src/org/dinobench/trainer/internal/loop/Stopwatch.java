package org.dinobench.trainer.internal.loop;

/**
 * Time at work: it stands still in a pause, and begins with what earlier workers of the run spent. Processes that train
 * together read the first one's, at the same time.
 */
final class Stopwatch {
    private final Team team;
    private double before;
    private long since = System.nanoTime();
    private boolean running = true;

    Stopwatch(Team team) {
        this.team = team;
    }

    /** @param before seconds spent already */
    void add(double seconds) {
        before += seconds;
    }

    /** Seconds at work. */
    double seconds() {
        return team.first(before + (running ? (System.nanoTime() - since) * 1e-9 : 0));
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
