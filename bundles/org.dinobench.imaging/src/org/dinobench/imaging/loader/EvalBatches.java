package org.dinobench.imaging.loader;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.internal.DirectFloats;
import org.dinobench.imaging.internal.SlotPipeline;

/**
 * A set of images once through, in order, transformed for evaluation or embedding, in batches that worker threads
 * prepare ahead. Broken images are left out of their batch and reported by {@link #broken()}. One consumer thread;
 * close every batch, and this object at the end.
 */
public final class EvalBatches implements AutoCloseable {
    private static final int PREFETCH = 3;

    private static final class Slot {
        final FloatBuffer floats;
        final boolean[] usable;

        Slot(int batchSize, int each) {
            floats = DirectFloats.allocate((long) batchSize * each);
            usable = new boolean[batchSize];
        }
    }

    private final List<ImageSource> sources;
    private final EvalTransform transform;
    private final ImageReader reader;
    private final int batchSize;
    private final BrokenRegister broken;
    private final SlotPipeline<Slot> pipeline;

    /**
     * Starts the workers.
     *
     * @param sources the images
     * @param transform what is done to each
     * @param reader how files are decoded
     * @param batchSize images per batch, at least 1
     * @param workers threads, at least 1
     * @param monitor hears of broken images
     */
    public EvalBatches(
            List<ImageSource> sources,
            EvalTransform transform,
            ImageReader reader,
            int batchSize,
            int workers,
            JobMonitor monitor) {
        if (batchSize < 1 || workers < 1) {
            throw new IllegalArgumentException(
                    "batchSize and workers must be at least 1: " + batchSize + ", " + workers);
        }
        this.sources = sources;
        this.transform = transform;
        this.reader = reader;
        this.batchSize = batchSize;
        this.broken = new BrokenRegister(sources.size(), 1, monitor);
        long batches = ((long) sources.size() + batchSize - 1) / batchSize;
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i <= Math.min(PREFETCH, batches); i++) {
            slots.add(new Slot(Math.min(batchSize, Math.max(1, sources.size())), transform.floats()));
        }
        this.pipeline = new SlotPipeline<>(slots, 0, batches, this::samples, workers, "eval-loader", worker -> {
            Resampler resampler = new Resampler();
            return (slot, batch, sample) -> fill(resampler, slot, batch, sample);
        });
    }

    /**
     * The next batch that has an image; waits until it is ready.
     *
     * @return null after the last one
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public EvalBatch next() throws InterruptedException {
        while (true) {
            SlotPipeline.Lease<Slot> lease = pipeline.next();
            if (lease == null) {
                return null;
            }
            int[] indices = compact(lease);
            if (indices.length > 0) {
                return new EvalBatch(lease.slot().floats, indices, () -> pipeline.release(lease));
            }
            pipeline.release(lease);
        }
    }

    /** Broken images met so far, by index. */
    public List<BrokenImage> broken() {
        return broken.list();
    }

    /** Time that the consumer waited, seconds. */
    public double waitSeconds() {
        return pipeline.waitNanos() * 1e-9;
    }

    /** Ends the workers; batches on loan must not be used any more. */
    @Override
    public void close() {
        pipeline.close();
    }

    private int samples(long batch) {
        return (int) Math.min(batchSize, sources.size() - batch * batchSize);
    }

    private void fill(Resampler resampler, Slot slot, long batch, int sample) {
        int index = (int) (batch * batchSize + sample);
        ImageSource source = sources.get(index);
        RgbImage image;
        try {
            image = source.load(reader);
        } catch (BrokenImageException e) {
            slot.usable[sample] = false;
            broken.add(new BrokenImage(index, source.name(), e.getMessage()));
            return;
        }
        transform.write(image, resampler, slot.floats, sample * transform.floats());
        slot.usable[sample] = true;
    }

    /** Closes the gaps that broken images left and returns the numbers of the images that stay. */
    private int[] compact(SlotPipeline.Lease<Slot> lease) {
        Slot slot = lease.slot();
        int n = samples(lease.batch());
        int[] kept = new int[n];
        int count = 0;
        for (int s = 0; s < n; s++) {
            if (slot.usable[s]) {
                if (count < s) {
                    slot.floats.put(
                            count * transform.floats(), slot.floats, s * transform.floats(), transform.floats());
                }
                kept[count++] = (int) (lease.batch() * batchSize + s);
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
