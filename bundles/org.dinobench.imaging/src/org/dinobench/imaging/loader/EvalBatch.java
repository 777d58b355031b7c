package org.dinobench.imaging.loader;

import java.nio.FloatBuffer;

/**
 * One batch of evaluation images on loan from {@link EvalBatches}. {@link #close()} gives the memory back. Not
 * thread-safe.
 */
public final class EvalBatch implements AutoCloseable {
    private final FloatBuffer images;
    private final int[] indices;
    private final Runnable release;
    private boolean open = true;

    EvalBatch(FloatBuffer images, int[] indices, Runnable release) {
        this.images = images;
        this.indices = indices;
        this.release = release;
    }

    /**
     * The images: a direct buffer in native order, float32, whose first {@code size() * 3 * s * s} numbers are
     * {@code [size(), 3, s, s]}; the capacity is that of a full batch.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public FloatBuffer images() {
        if (!open) {
            throw new IllegalStateException("This batch was given back");
        }
        return images;
    }

    /** Images in this batch: the batch size less broken ones, fewer in the last batch, never 0. */
    public int size() {
        return indices.length;
    }

    /** Number, in the list given, of an image of this batch; numbers rise. */
    public int imageIndex(int sample) {
        return indices[sample];
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            release.run();
        }
    }
}
