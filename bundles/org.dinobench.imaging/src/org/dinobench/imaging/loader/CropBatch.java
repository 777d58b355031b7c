package org.dinobench.imaging.loader;

import java.nio.FloatBuffer;

/**
 * One batch of crops on loan from a {@link CropLoader}. The order is crop-major, as DINOv2 collates: all first global
 * crops, then all second ones; local crops likewise. {@link #close()} gives the memory back to the loader, which then
 * overwrites it. Not thread-safe.
 */
public final class CropBatch implements AutoCloseable {
    private final CropSlot slot;
    private final LoaderPosition position;
    private final LoaderPosition next;
    private final Runnable release;
    private boolean open = true;

    CropBatch(CropSlot slot, LoaderPosition position, LoaderPosition next, Runnable release) {
        this.slot = slot;
        this.position = position;
        this.next = next;
        this.release = release;
    }

    /**
     * Global crops: a direct buffer in native order, float32, shape {@code [globals * size(), 3, g, g]}.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public FloatBuffer globals() {
        return checked().globals;
    }

    /**
     * Local crops: a direct buffer in native order, float32, shape {@code [locals * size(), 3, l, l]}; without capacity
     * when there are none.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public FloatBuffer locals() {
        return checked().locals;
    }

    /** Images in the batch. */
    public int size() {
        return slot.images.length;
    }

    /**
     * Number, in the list given to the loader, of the image that was used for a sample.
     *
     * @param sample 0 to {@code size() - 1}
     */
    public int imageIndex(int sample) {
        return checked().images[sample];
    }

    /** Where this batch stands in the stream. */
    public LoaderPosition position() {
        return position;
    }

    /** Where a loader has to start in order to continue after this batch. */
    public LoaderPosition nextPosition() {
        return next;
    }

    private CropSlot checked() {
        if (!open) {
            throw new IllegalStateException("This batch was given back to its loader");
        }
        return slot;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            release.run();
        }
    }
}
