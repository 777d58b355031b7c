package org.dinobench.trainer.internal.loop;

import java.util.OptionalDouble;

/**
 * The place of a run in its schedules. Without a time limit a step is one place. With one, the schedules are stretched
 * or pressed so that they end when the time does: once a step has been timed, the places left are spread over the
 * steps that the time left allows, and this is done again after each step, since machines do not keep their speed. The
 * place itself never jumps, so neither does the learning rate.
 */
final class Pace {
    /** The first step is slower than all others and says nothing about them. */
    private static final int UNTIMED_STEPS = 1;
    /** Weight of the newest step in the estimate of a step's time. */
    private static final double FRESHNESS = 0.1;

    private final int places;
    private final OptionalDouble limitSeconds;
    private double position;
    private double pace;
    private double stepSeconds = Double.NaN;
    private double firstElapsed;
    private double inSteps;
    private int timed;

    /**
     * @param places length of the schedules
     * @param limitSeconds time for the whole run; empty: the run is as many steps as places
     * @param position where to begin
     * @param pace places a step to begin with
     */
    Pace(int places, OptionalDouble limitSeconds, double position, double pace) {
        this.places = places;
        this.limitSeconds = limitSeconds;
        this.position = position;
        this.pace = pace;
    }

    double position() {
        return position;
    }

    double pace() {
        return pace;
    }

    /** Steps still to come at the present pace. */
    long stepsLeft() {
        return Math.max(0, (long) Math.ceil((places - position) / pace - 1e-9));
    }

    boolean finished() {
        return position >= places - 1e-9;
    }

    /**
     * Tells that a step was done.
     *
     * @param seconds time from the end of the step before to the end of this one, checks and checkpoints left out
     * @param elapsed time at work since the run began
     * @param reserve time that the end of the run will take (check, checkpoint, export)
     */
    void stepDone(double seconds, double elapsed, double reserve) {
        position += pace;
        if (limitSeconds.isEmpty()) {
            return;
        }
        timed++;
        if (timed == 1) {
            firstElapsed = elapsed;
        } else {
            inSteps += seconds;
        }
        if (timed > UNTIMED_STEPS) {
            stepSeconds = Double.isNaN(stepSeconds) ? seconds : stepSeconds + FRESHNESS * (seconds - stepSeconds);
        }
        double left = limitSeconds.getAsDouble() - reserve - elapsed;
        if (left < stepSeconds / 2) {
            position = places;
        } else if (timed > UNTIMED_STEPS) {
            // checks and checkpoints will go on to take the share of the time that they took so far
            double forSteps = left * Math.min(1, inSteps / Math.max(1e-9, elapsed - firstElapsed));
            pace = Math.max(0, places - position) / Math.max(1, Math.round(forSteps / stepSeconds));
        }
    }
}
