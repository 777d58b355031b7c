package org.dinobench.trainer.internal.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.imaging.ReadLimits;
import org.dinobench.imaging.ReadOptions;
import org.dinobench.imaging.augment.AugmentationSpec;
import org.dinobench.imaging.loader.BrokenImage;
import org.dinobench.imaging.loader.CropBatch;
import org.dinobench.imaging.loader.CropLoader;
import org.dinobench.imaging.loader.CropLoaderConfig;
import org.dinobench.imaging.loader.ImageSource;
import org.dinobench.imaging.loader.LoaderPosition;
import org.dinobench.torch.Tensors;
import org.dinobench.trainer.TrainingCrops;
import org.dinobench.trainer.mask.BlockMaskGenerator;
import org.dinobench.trainer.mask.MaskBatch;
import org.dinobench.trainer.mask.MaskSampler;
import org.dinobench.trainer.step.StepBatch;

/** Batches of crops with their masks, the same for the same seed and place, whatever the number of threads. */
final class CropStream implements AutoCloseable {
    private static final int PREFETCH = 3;
    private static final long CACHE_BYTES = 1L << 30;
    private static final long MASKS = 0x6d61736bL;

    private final TrainSpec spec;
    private final AugmentationSpec augmentation;
    private final CropLoader loader;
    private final MaskSampler masks;
    private final int grid;
    private final int rank;
    private final List<CropBatch> held = new ArrayList<>();
    private LoaderPosition next;

    /** The stream of one process. */
    CropStream(TrainSpec spec, List<ImageSource> images, LoaderPosition start, JobMonitor monitor) {
        this(spec, images, start, Team.ALONE, monitor);
    }

    /** @param team processes among which each global batch is divided */
    CropStream(TrainSpec spec, List<ImageSource> images, LoaderPosition start, Team team, JobMonitor monitor) {
        this.spec = spec;
        this.rank = team.rank();
        this.augmentation = TrainingCrops.augmentation(spec.crops());
        this.next = start;
        this.grid = spec.crops().globalCropsSize() / spec.student().patchSize();
        this.masks = new MaskSampler(
                new BlockMaskGenerator(grid, grid, 0.5 * grid * grid),
                spec.ibot().maskSampleProbability(),
                spec.ibot().maskRatioMinMax());
        ReadOptions options = TrainingCrops.reading(spec.crops());
        this.loader = new CropLoader(
                images,
                augmentation,
                new CropLoaderConfig(
                        spec.train().batchSizePerGpu(),
                        spec.train().numWorkers().orElseThrow(),
                        PREFETCH,
                        CACHE_BYTES,
                        spec.train().seed(),
                        start,
                        team.rank(),
                        team.size(),
                        spec.train().brokenShare(),
                        ReadLimits.DEFAULT,
                        options),
                monitor);
    }

    /**
     * The next batch; its memory is valid until {@link #release()}.
     *
     * @param step number of the step, which with the micro-batch's number and the seed decides the masks
     */
    StepBatch next(long step, int microBatch) {
        CropBatch batch;
        try {
            batch = loader.next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.dinobench.core.problem.StoppedException("Interrupted while waiting for images");
        }
        held.add(batch);
        next = batch.nextPosition();
        int images = batch.size();
        int globals = 2 * images;
        long side = augmentation.global().size();
        Tensor global = Tensors.wrap(batch.globals().duplicate().rewind(), globals, 3, side, side);
        Tensor local = null;
        if (augmentation.local().count() > 0) {
            long small = augmentation.local().size();
            local = Tensors.wrap(
                    batch.locals().duplicate().rewind(),
                    (long) images * augmentation.local().count(),
                    3,
                    small,
                    small);
        }
        return new StepBatch(images, global, local, masks(globals, step, microBatch));
    }

    private MaskBatch masks(int crops, long step, int microBatch) {
        if (spec.distill().enabled()) {
            return MaskBatch.all(crops, grid * grid);
        }
        if (spec.ibot().lossWeight() == 0) {
            return MaskBatch.none(crops, grid * grid);
        }
        return masks.sample(
                crops,
                new SplittableRandom(Seeds.ofRank(Seeds.mix(MASKS, spec.train().seed(), step, microBatch), rank)));
    }

    /** Gives the memory of all batches since the last call back to the loader. */
    void release() {
        held.forEach(CropBatch::close);
        held.clear();
    }

    /** The first batch that {@link #next} has not given. */
    LoaderPosition position() {
        return next;
    }

    /** Images that could not be read so far. */
    List<BrokenImage> broken() {
        return loader.broken();
    }

    /** Seconds that training waited for images. */
    double waitSeconds() {
        return loader.statistics().waitSeconds();
    }

    @Override
    public void close() {
        release();
        loader.close();
    }
}
