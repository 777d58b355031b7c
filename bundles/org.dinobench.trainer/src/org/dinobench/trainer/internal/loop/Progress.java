package org.dinobench.trainer.internal.loop;

import org.dinobench.imaging.loader.LoaderPosition;

/**
 * Where a run stands; with the weights everything that a later worker needs to go on as if nothing had happened.
 *
 * @param step steps done
 * @param images images seen
 * @param position place in the schedules, see {@link Pace}
 * @param pace places a step
 * @param seconds time at work so far
 * @param loader first batch that has not been used
 * @param badSteps steps in a row that were skipped because of NaN
 * @param bestKnn best k-NN accuracy so far; NaN before the first check
 * @param bestStep its step
 */
public record Progress(
        long step,
        long images,
        double position,
        double pace,
        double seconds,
        LoaderPosition loader,
        int badSteps,
        double bestKnn,
        long bestStep) {
    /** The beginning of a run. */
    public static final Progress START = new Progress(0, 0, 0, 1, 0, LoaderPosition.START, 0, Double.NaN, 0);
}
