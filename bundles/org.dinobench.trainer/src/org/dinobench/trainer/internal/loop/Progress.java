package org.dinobench.trainer.internal.loop;

import java.util.Optional;
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

    /**
     * The same place in the data, counted in batches of another size: at most a batch of images is seen again, or left
     * out at the end of the epoch.
     *
     * @param batch images of all processes a batch from now on
     * @param before the same until now; empty: unknown, and as it was
     * @param imagesOfRun images in the data set
     */
    Progress inBatchesOf(int batch, Optional<Integer> before, int imagesOfRun) {
        if (before.isEmpty() || before.get() == batch) {
            return this;
        }
        long place = loader.batch() * before.get() / batch;
        LoaderPosition there = place < imagesOfRun / batch
                ? new LoaderPosition(loader.epoch(), place)
                : new LoaderPosition(loader.epoch() + 1, 0);
        return new Progress(step, images, position, pace, seconds, there, badSteps, bestKnn, bestStep);
    }
}
