package org.dinobench.imaging.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.AugmentationSpec;
import org.dinobench.imaging.augment.CropRenderer;
import org.dinobench.imaging.augment.CropSampler;
import org.dinobench.imaging.internal.SlotPipeline;
import org.dinobench.imaging.internal.StreamRandom;

/**
 * An endless stream of batches of crops for self-supervised training. Each epoch goes through the set in an order of
 * its own; the last images of an epoch that fill no global batch are dropped. Order and augmentation depend on the seed
 * and the position alone, never on the number of workers, so a loader opened at {@link CropBatch#nextPosition()}
 * continues the very stream.
 *
 * <p>A broken image is told to the monitor, counted and replaced by another image that is drawn from the seed and the
 * place in the stream. When more than the allowed share of the set is broken, {@link #next()} throws
 * {@link BadInputException} with the list.
 *
 * <p>One consumer thread. Buffers are recycled; close every batch, and the loader at the end.
 */
public final class CropLoader implements AutoCloseable {
    private static final long REPLACEMENT = 0x7265706cL;
    private static final int MOST_REPLACEMENTS = 1000;

    private final List<ImageSource> sources;
    private final CropLoaderConfig config;
    private final CropSampler sampler;
    private final ImageReader reader;
    private final DecodedCache cache;
    private final BrokenRegister broken;
    private final long batchesPerEpoch;
    private final SlotPipeline<CropSlot> pipeline;
    private final AtomicLong decoded = new AtomicLong();
    private final AtomicLong hits = new AtomicLong();
    private final long opened = System.nanoTime();
    private volatile EpochOrderAt order;
    private long delivered;

    private record EpochOrderAt(long epoch, EpochOrder order) {}

    /**
     * Opens a loader and starts its workers.
     *
     * @param sources the set; not copied, must not change
     * @param spec crops and augmentation
     * @param config batch, workers, seed, position
     * @param monitor hears of broken images
     * @throws BadInputException when the set does not fill one global batch
     */
    public CropLoader(List<ImageSource> sources, AugmentationSpec spec, CropLoaderConfig config, JobMonitor monitor) {
        this.sources = sources;
        this.config = config;
        this.sampler = new CropSampler(spec, config.seed());
        this.reader = new ImageReader(config.limits(), config.options());
        this.cache = new DecodedCache(sources.size(), config.cacheBytes());
        this.broken = new BrokenRegister(sources.size(), config.maxBrokenShare(), monitor);
        this.batchesPerEpoch = batchesPerEpoch(sources.size(), config.batchSize(), config.ranks());
        this.order = new EpochOrderAt(0, new EpochOrder(config.seed(), 0, sources.size()));
        if (config.start().batch() >= batchesPerEpoch) {
            throw new IllegalArgumentException(
                    "Batch " + config.start().batch() + " of an epoch of " + batchesPerEpoch);
        }
        List<CropSlot> slots = new ArrayList<>();
        // One more than is prefetched, for the batch that the consumer holds.
        for (int i = 0; i <= config.prefetch(); i++) {
            slots.add(new CropSlot(spec, config.batchSize()));
        }
        long first = Math.addExact(
                Math.multiplyExact(config.start().epoch(), batchesPerEpoch),
                config.start().batch());
        this.pipeline = new SlotPipeline<>(
                slots, first, Long.MAX_VALUE, batch -> config.batchSize(), config.workers(), "crop-loader", worker -> {
                    CropRenderer renderer = new CropRenderer(spec);
                    return (slot, batch, sample) -> fill(renderer, slot, batch, sample);
                });
    }

    /**
     * Batches of an epoch: whole global batches only.
     *
     * @throws BadInputException when there is not one
     */
    public static long batchesPerEpoch(int images, int batchSize, int ranks) {
        long global = (long) batchSize * ranks;
        if (images < global) {
            throw new BadInputException(
                    "images",
                    images + " are fewer than one batch of " + global,
                    "use a batch of at most " + Math.max(1, images / ranks) + " or more images");
        }
        return images / global;
    }

    /**
     * The next batch; waits until it is ready.
     *
     * @throws BadInputException when too many images are broken
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public CropBatch next() throws InterruptedException {
        SlotPipeline.Lease<CropSlot> lease = pipeline.next();
        delivered += config.batchSize();
        LoaderPosition position = new LoaderPosition(lease.batch() / batchesPerEpoch, lease.batch() % batchesPerEpoch);
        return new CropBatch(lease.slot(), position, position.next(batchesPerEpoch), () -> pipeline.release(lease));
    }

    /** Batches that this rank gets per epoch. */
    public long batchesPerEpoch() {
        return batchesPerEpoch;
    }

    /** Broken images met so far, by index. */
    public List<BrokenImage> broken() {
        return broken.list();
    }

    /** What was done so far; to be called by the consumer. */
    public LoaderStatistics statistics() {
        return new LoaderStatistics(
                delivered,
                decoded.get(),
                hits.get(),
                cache.bytes(),
                pipeline.waitNanos() * 1e-9,
                pipeline.workNanos() * 1e-9,
                (System.nanoTime() - opened) * 1e-9);
    }

    /** Ends the workers; batches on loan must not be used any more. */
    @Override
    public void close() {
        pipeline.close();
    }

    private void fill(CropRenderer renderer, CropSlot slot, long batch, int sample) {
        long epoch = batch / batchesPerEpoch;
        long place = (batch % batchesPerEpoch * config.ranks() + config.rank()) * config.batchSize() + sample;
        int index = (int) order(epoch).at(place);
        long key = index;
        RgbImage image = load(index);
        for (int attempt = 1; image == null; attempt++) {
            if (attempt > MOST_REPLACEMENTS) {
                throw new BadInputException(
                        "images",
                        "no usable one was found in " + MOST_REPLACEMENTS + " draws",
                        "repair or remove the broken ones");
            }
            StreamRandom random = StreamRandom.of(REPLACEMENT, config.seed(), epoch, place, attempt);
            index = random.nextInt(sources.size());
            // A key of its own, so that the replacement does not repeat the crops that its image has in this epoch.
            key = random.nextLong();
            image = load(index);
        }
        slot.images[sample] = index;
        AugmentationSpec spec = sampler.spec();
        for (int crop = 0; crop < spec.crops(); crop++) {
            boolean isGlobal = crop < spec.global().count();
            int number = isGlobal ? crop : crop - spec.global().count();
            int floats = (isGlobal ? spec.global() : spec.local()).floats();
            renderer.render(
                    image,
                    sampler.plan(epoch, key, crop, image.width(), image.height()),
                    isGlobal ? slot.globals : slot.locals,
                    (number * config.batchSize() + sample) * floats);
        }
    }

    private EpochOrder order(long epoch) {
        EpochOrderAt current = order;
        if (current.epoch() != epoch) {
            current = new EpochOrderAt(epoch, new EpochOrder(config.seed(), epoch, sources.size()));
            order = current;
        }
        return current.order();
    }

    /** The decoded image, or null when it is broken. */
    private RgbImage load(int index) {
        RgbImage image = cache.get(index);
        if (image != null) {
            hits.incrementAndGet();
            return image;
        }
        if (broken.contains(index)) {
            return null;
        }
        try {
            image = sources.get(index).load(reader);
        } catch (BrokenImageException e) {
            broken.add(new BrokenImage(index, sources.get(index).name(), e.getMessage()));
            return null;
        }
        decoded.incrementAndGet();
        cache.offer(index, image);
        return image;
    }
}
