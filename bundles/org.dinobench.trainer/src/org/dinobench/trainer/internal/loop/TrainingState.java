package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.trainer.step.DinoTrainStep;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.OptimizerState;
import org.dinobench.trainer.step.SelfSupervisedModel;
import org.dinobench.trainer.step.StepMode;
import org.dinobench.trainer.step.WatchedEngine;

/** Networks and optimizer of a run, in one process or divided among several. */
interface TrainingState extends AutoCloseable {
    /** The networks. */
    SelfSupervisedModel networks();

    /**
     * The step that trains them.
     *
     * @param point run between two parts of a step where nobody else waits for this process; see {@link WatchedEngine}
     */
    DinoTrainStep step(Objective objective, StepMode mode, DinoTrainStep.Settings settings, Runnable point);

    /**
     * Their checkpoints.
     *
     * @param batch images a micro-batch and process
     */
    Checkpoints checkpoints(Objective objective, int batch);

    /**
     * Changes the weights of student and average alike.
     *
     * @param work is given parameters by full name, all or a part of them at a time; changes what it wants
     */
    void edit(Consumer<Map<String, Tensor>> work);

    /** Writes the average's backbone; every process calls it. */
    Path export(Path folder, long step) throws IOException;

    /** Ends a use of the average outside of steps. */
    default void endUse() {}

    @Override
    void close();

    /** All in this process. */
    record Local(SelfSupervisedModel networks, OptimizerState optimizer) implements TrainingState {
        @Override
        public DinoTrainStep step(Objective objective, StepMode mode, DinoTrainStep.Settings settings, Runnable point) {
            return new DinoTrainStep(
                    networks, objective, new WatchedEngine(networks, optimizer, point), mode, settings);
        }

        @Override
        public Checkpoints checkpoints(Objective objective, int batch) {
            return new CheckpointStore(networks, optimizer, objective, batch);
        }

        @Override
        public void edit(Consumer<Map<String, Tensor>> work) {
            work.accept(networks.master().state());
            work.accept(networks.average().parameters().state());
            networks.refreshCopies();
        }

        @Override
        public Path export(Path folder, long step) throws IOException {
            return TeacherExport.write(folder, networks.average(), step);
        }

        @Override
        public void close() {
            optimizer.close();
            networks.close();
        }
    }
}
