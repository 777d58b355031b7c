package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.model.ModelFiles;
import org.dinobench.trainer.shard.ShardedModel;
import org.dinobench.trainer.step.DinoTrainStep;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.SelfSupervisedModel;
import org.dinobench.trainer.step.StepMode;

/** Divided among the ranks of a job. */
record ShardedState(ShardedModel model) implements TrainingState {
    @Override
    public SelfSupervisedModel networks() {
        return model.networks();
    }

    @Override
    public DinoTrainStep step(Objective objective, StepMode mode, DinoTrainStep.Settings settings, Runnable point) {
        return new DinoTrainStep(model.networks(), objective, model.engine(), mode, settings);
    }

    @Override
    public Checkpoints checkpoints(Objective objective, int batch) {
        return new ShardedCheckpoints(model, objective, batch);
    }

    @Override
    public void edit(Consumer<Map<String, Tensor>> work) {
        model.editStudent(work);
        model.editAverage(work);
    }

    /** The first rank writes; all bring their shares, unit by unit, in the order of the file. */
    @Override
    public Path export(Path folder, long step) throws IOException {
        Path file = folder.resolve(TeacherExport.FILE);
        if (model.groups().rank() == 0) {
            Files.createDirectories(folder);
            ModelFiles.write(
                    file,
                    model.networks().average().backbone().config(),
                    name -> model.averageParameter(ModelShape.BACKBONE + "." + name),
                    Map.of("step", Long.toString(step)));
        } else {
            model.passAverage(ModelShape.BACKBONE);
        }
        model.releaseAverage();
        model.groups().all().barrier();
        return file;
    }

    @Override
    public void endUse() {
        model.releaseAverage();
    }

    @Override
    public void close() {
        model.close();
    }
}
