package org.dinobench.core.job;

import java.util.OptionalDouble;

/**
 * Remaining time of work whose speed wavers: the rate is averaged with weights that fade within a time constant, and
 * the estimate falls back to the overall average while there is little to go by. Thread-safe.
 */
public final class EtaEstimator {
    private final double timeConstant;
    private double startSeconds = Double.NaN;
    private double lastSeconds;
    private double startDone;
    private double lastDone;
    private double fading;
    private double rate;

    /** @param timeConstantSeconds how long past speed counts, in seconds; 20 suits work of minutes */
    public EtaEstimator(double timeConstantSeconds) {
        if (!(timeConstantSeconds > 0)) {
            throw new IllegalArgumentException("time constant " + timeConstantSeconds);
        }
        this.timeConstant = timeConstantSeconds;
    }

    /**
     * Tells how far the work is.
     *
     * @param seconds a clock that never goes back, such as {@code System.nanoTime() / 1e9}
     * @param done units done so far, never falling
     */
    public synchronized void update(double seconds, double done) {
        if (Double.isNaN(startSeconds)) {
            startSeconds = seconds;
            startDone = done;
        } else if (seconds > lastSeconds) {
            double now = (done - lastDone) / (seconds - lastSeconds);
            double overall = (done - startDone) / (seconds - startSeconds);
            double weight = 1 - Math.exp(-(seconds - lastSeconds) / timeConstant);
            double settled = 1 - Math.exp(-(seconds - startSeconds) / timeConstant);
            // the fading average starts from zero and has reached the share "settled" of its value
            fading += weight * (now - fading);
            rate = fading + (1 - settled) * overall;
        } else {
            return;
        }
        lastSeconds = seconds;
        lastDone = done;
    }

    /** Units a second, or empty before there are two updates with progress between. */
    public synchronized OptionalDouble rate() {
        return rate > 0 ? OptionalDouble.of(rate) : OptionalDouble.empty();
    }

    /** Seconds until {@code total} units are done, counted from the last update; empty while nothing is known. */
    public synchronized OptionalDouble remainingSeconds(double total) {
        return rate > 0 ? OptionalDouble.of(Math.max(0, total - lastDone) / rate) : OptionalDouble.empty();
    }

    /** A duration for people, such as {@code 45 s}, {@code 3 min 20 s} or {@code 2 h 05 min}. */
    public static String format(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        if (s < 3600) {
            return s / 60 + " min " + String.format("%02d s", s % 60);
        }
        return s / 3600 + " h " + String.format("%02d min", s % 3600 / 60);
    }
}
