package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.ShardedTensors;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.OptimizerState;
import org.dinobench.trainer.step.SelfSupervisedModel;

/**
 * Writes and reads checkpoints of one process. The shard holds {@code student.NAME} and {@code average.NAME} for every parameter,
 * {@code optimizer.NAME} for the moments and {@code objective.NAME} for centres; the index holds the progress and is
 * written last, so that a checkpoint without it is none.
 */
final class CheckpointStore implements Checkpoints {
    private final SelfSupervisedModel model;
    private final OptimizerState optimizer;
    private final Objective objective;
    private final int batch;

    /** @param batch images a micro-batch */
    CheckpointStore(SelfSupervisedModel model, OptimizerState optimizer, Objective objective, int batch) {
        this.model = model;
        this.optimizer = optimizer;
        this.objective = objective;
        this.batch = batch;
    }

    @Override
    public void save(CheckpointFolder folder, Progress progress) throws IOException {
        Files.createDirectories(folder.folder());
        Path shard = folder.shard(0, 1);
        Safetensors.write(shard, tensors(), Map.of("format", CheckpointIndex.FORMAT));
        CheckpointIndex index = CheckpointIndex.of(folder, progress, 1, batch, optimizer.steps());
        index.file(0, 1, Files.size(shard));
        index.write();
    }

    @Override
    public Progress load(CheckpointFolder folder) throws IOException {
        CheckpointIndex index = CheckpointIndex.read(folder);
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad();
                TensorFile file = ShardedTensors.open(folder.folder(), index.node())) {
            restore(file, index.optimizerSteps());
        } catch (IllegalArgumentException e) {
            throw doesNotFit(folder, e);
        }
        return index.progress();
    }

    static BadInputException doesNotFit(CheckpointFolder folder, IllegalArgumentException cause) {
        return new BadInputException(
                folder.folder().toString(),
                "it does not fit this run (" + cause.getMessage() + ")",
                "resume with the run's own spec.yaml",
                cause);
    }

    private Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        put(tensors, "student.", model.master().state());
        put(tensors, "average.", model.average().parameters().state());
        if (model.frozenTeacher()) {
            put(tensors, "teacher.", teacherHeads());
        }
        put(tensors, "optimizer.", optimizer.state());
        put(tensors, "objective.", objective.state());
        return tensors;
    }

    /** A frozen teacher's backbone lies in its own file, but its heads may have been made for this run. */
    private Map<String, Tensor> teacherHeads() {
        Map<String, Tensor> heads =
                new LinkedHashMap<>(model.teacher().parameters().state());
        heads.keySet().removeIf(name -> name.startsWith(ModelShape.BACKBONE + "."));
        return heads;
    }

    static void put(Map<String, Tensor> target, String prefix, Map<String, Tensor> source) {
        source.forEach((name, tensor) -> target.put(prefix + name, tensor));
    }

    private void restore(TensorFile file, long optimizerSteps) {
        model.master().load(part(file, "student."));
        model.average().parameters().load(part(file, "average."));
        model.refreshCopies();
        optimizer.load(part(file, "optimizer."), optimizerSteps);
        if (model.frozenTeacher()) {
            copy(part(file, "teacher."), teacherHeads());
        }
        copy(part(file, "objective."), objective.state());
    }

    static void copy(Map<String, Tensor> saved, Map<String, Tensor> target) {
        target.forEach((name, tensor) -> {
            Tensor value = saved.get(name);
            if (value == null || value.numel() != tensor.numel()) {
                throw new IllegalArgumentException("the state '" + name + "' is missing");
            }
            tensor.copy_(value.view_as(tensor));
        });
    }

    static Map<String, Tensor> part(TensorFile file, String prefix) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        for (String name : file.entries().keySet()) {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), file.read(name));
            }
        }
        return part;
    }
}
