package org.dinobench.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecValidator;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.losses.LossRegistry;
import org.dinobench.trainer.internal.loop.RunWorker;
import org.dinobench.trainer.shard.RankGroups;
import org.dinobench.trainer.step.Objective;

/**
 * Self-supervised training, or with {@code distill.enabled} learning from a larger frozen model, as one library call. Whoever calls it, command line, workbench worker or test, finds the
 * whole story in the run's folder afterwards: numbers of every step, log, status, checkpoints and the exported teacher.
 *
 * <p>A folder with a complete checkpoint is gone on with, exactly as if it had not been interrupted: weights, optimizer,
 * schedules, random draws and place in the data are those of the checkpoint. With {@code train.minutes} the schedules
 * end when the time does, whatever the machine's speed; only the time at work counts.
 */
public final class Pretraining {
    private final LossRegistry losses;

    /** With the built-in losses. */
    public Pretraining() {
        this(LossRegistry.builtIn());
    }

    /** @param losses the losses that specifications may name */
    public Pretraining(LossRegistry losses) {
        this.losses = losses;
    }

    /**
     * What to train.
     *
     * @param spec resolved ({@link org.dinobench.core.spec.train.TrainSpecResolver})
     * @param images training images
     * @param labelled images with known classes for the k-NN checks; may be empty
     * @param run made by {@link RunDirectory#create}; with checkpoints it is resumed
     * @param inputs what the images come from, for the provenance record, such as the manifest
     */
    public record Job(
            TrainSpec spec,
            List<Path> images,
            List<LabelledImage> labelled,
            RunDirectory run,
            List<Provenance.Input> inputs) {
        /** Copies the lists. */
        public Job {
            images = List.copyOf(images);
            labelled = List.copyOf(labelled);
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Checks a specification with everything that it names, before a run is made of it: contradictions, losses and
     * their settings, the weights to start from and the teacher to learn from (names and sizes, not values).
     *
     * @param spec resolved
     * @param where what it came from, such as the file
     * @throws org.dinobench.core.problem.BadInputException with the key and a repair
     */
    public void check(TrainSpec spec, String where) throws IOException {
        TrainSpecValidator.check(spec, where);
        Objective.check(spec, losses, RunWorker.context(spec));
        RunWorker.checkSources(spec);
    }

    /**
     * Trains. Returns when the run is finished, or was stopped by the monitor or through the run's control folder.
     *
     * @param monitor sees progress and may stop the run; a checkpoint is written then
     * @throws org.dinobench.core.problem.BadInputException for a contradictory specification, too few or too many broken
     *     images, or a checkpoint that does not fit
     * @throws TrainingDivergedException when three steps in a row give no finite numbers
     */
    public TrainingResult run(Job job, JobMonitor monitor) throws IOException {
        return run(job, monitor, RankGroups.alone());
    }

    /**
     * As {@link #run(Job, JobMonitor)}, by several processes together: all call this with the same job on the same run
     * folder. Each takes {@code train.batch_size_per_gpu} images a step. A run that was begun by another number of
     * processes keeps its batch, which is divided anew.
     *
     * @param groups the processes
     */
    public TrainingResult run(Job job, JobMonitor monitor, RankGroups groups) throws IOException {
        TrainSpecValidator.check(job.spec(), job.run().specFile().toString());
        return new RunWorker(job, losses, monitor, groups).run();
    }
}
