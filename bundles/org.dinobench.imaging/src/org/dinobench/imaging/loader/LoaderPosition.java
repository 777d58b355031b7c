package org.dinobench.imaging.loader;

/**
 * A place in the endless stream of batches, to be written into checkpoints.
 *
 * @param epoch how often the whole set was gone through before, from 0
 * @param batch number of the batch within the epoch, from 0
 */
public record LoaderPosition(long epoch, long batch) {
    /** The first batch of the first epoch. */
    public static final LoaderPosition START = new LoaderPosition(0, 0);

    /** @throws IllegalArgumentException when a number is negative */
    public LoaderPosition {
        if (epoch < 0 || batch < 0) {
            throw new IllegalArgumentException("A position cannot be negative: " + epoch + ", " + batch);
        }
    }

    /** The position after this one. */
    public LoaderPosition next(long batchesPerEpoch) {
        return batch + 1 < batchesPerEpoch ? new LoaderPosition(epoch, batch + 1) : new LoaderPosition(epoch + 1, 0);
    }
}
