package org.dinobench.ui.trainer.wizard;

import java.io.IOException;
import java.util.OptionalDouble;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.trainer.FreeMemory;
import org.dinobench.trainer.MemoryFit;
import org.dinobench.trainer.TrainingPlan;

/**
 * What a run would take, without having measured anything.
 *
 * @param images that it would train on
 * @param plan memory, steps and disk
 * @param minutes limit by the clock; empty: none
 */
record RunEstimate(long images, TrainingPlan plan, OptionalDouble minutes) {
    /**
     * Estimates a run; reads the dataset's catalog, and so belongs into the background.
     *
     * @throws IOException when the catalog cannot be read
     * @throws BadInputException when the spec cannot be trained on these images, with the repair
     */
    static RunEstimate of(TrainSpec wanted, Workspace workspace, String dataset, int ranks) throws IOException {
        long images = images(workspace, dataset);
        TrainSpec spec = resolved(wanted, images, ranks);
        MemoryFit fit = MemoryFit.of(spec, (int) Math.min(Integer.MAX_VALUE, images), ranks, FreeMemory.bytes());
        return new RunEstimate(
                images,
                TrainingPlan.of(spec, fit, false, JobMonitor.NONE),
                spec.train().minutes());
    }

    /** {@return how many images of a dataset a run takes} */
    static long images(Workspace workspace, String dataset) throws IOException {
        return workspace.dataset(dataset).required().catalog().count(CatalogFilter.OK.withKeep(true));
    }

    /** {@return the spec with nothing left open, for processes that share this computer} */
    static TrainSpec resolved(TrainSpec wanted, long images, int ranks) {
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / ranks);
        return TrainSpecResolver.resolve(wanted, images, cores, ranks).spec();
    }
}
