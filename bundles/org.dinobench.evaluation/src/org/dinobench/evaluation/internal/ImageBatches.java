package org.dinobench.evaluation.internal;

import java.nio.FloatBuffer;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.evaluation.data.EvalImage;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.imaging.loader.BrokenImage;
import org.dinobench.imaging.loader.EvalBatch;
import org.dinobench.imaging.loader.EvalBatches;
import org.dinobench.imaging.loader.ImageSource;

/**
 * Goes once through the images of a set in batches; a broken image ends it.
 *
 * @param transform makes network input of an image
 * @param batchSize images a batch, at least 1
 * @param workers threads that decode ahead, at least 1
 */
public record ImageBatches(EvalTransform transform, int batchSize, int workers) {
    /** Work on one batch. */
    @FunctionalInterface
    public interface Step {
        /**
         * @param pixels direct, {@code [rows.length, 3, size, size]} from its position on
         * @param rows numbers of the images in the set
         */
        void apply(FloatBuffer pixels, int[] rows);
    }

    /**
     * Runs the work over all images.
     *
     * @throws BadInputException when one cannot be decoded
     */
    public void run(LabelledSet set, String stage, JobMonitor monitor, Step step) {
        monitor.begin(stage, set.size());
        List<ImageSource> sources =
                ImageSource.of(set.images().stream().map(EvalImage::file).toList());
        try (EvalBatches batches =
                new EvalBatches(sources, transform, new ImageReader(), batchSize, workers, monitor)) {
            for (EvalBatch batch = batches.next(); batch != null; batch = batches.next()) {
                try (EvalBatch held = batch) {
                    int[] rows = new int[held.size()];
                    for (int i = 0; i < rows.length; i++) {
                        rows[i] = held.imageIndex(i);
                    }
                    FloatBuffer floats = held.images().duplicate();
                    floats.position(0).limit(held.size() * transform.floats());
                    step.apply(floats, rows);
                    monitor.worked(rows.length);
                }
                monitor.checkStopped();
            }
            for (BrokenImage broken : batches.broken()) {
                throw new BadInputException(
                        broken.name(), broken.problem(), "leave the image out or curate the dataset first");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoppedException("The computation of features was interrupted");
        }
    }
}
