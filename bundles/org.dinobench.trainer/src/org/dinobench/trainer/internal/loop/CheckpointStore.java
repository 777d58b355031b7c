package org.dinobench.trainer.internal.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.imaging.loader.LoaderPosition;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.OptimizerState;
import org.dinobench.trainer.step.SelfSupervisedModel;

/**
 * Writes and reads checkpoints. The shard holds {@code student.NAME} and {@code average.NAME} for every parameter,
 * {@code optimizer.NAME} for the moments and {@code objective.NAME} for centres; the index holds the progress and is
 * written last, so that a checkpoint without it is none.
 */
final class CheckpointStore {
    private static final String FORMAT = "dinobench-checkpoint-1";

    private final SelfSupervisedModel model;
    private final OptimizerState optimizer;
    private final Objective objective;

    CheckpointStore(SelfSupervisedModel model, OptimizerState optimizer, Objective objective) {
        this.model = model;
        this.optimizer = optimizer;
        this.objective = objective;
    }

    /** Writes a checkpoint; it is complete when this returns. */
    void save(CheckpointFolder folder, Progress progress) throws IOException {
        Files.createDirectories(folder.folder());
        Path shard = folder.shard(0, 1);
        Safetensors.write(shard, tensors(), Map.of("format", FORMAT));
        ObjectNode index = Json.object();
        index.put("format", FORMAT);
        index.put("ranks", 1);
        index.put("step", progress.step());
        index.put("images", progress.images());
        // doubles as bits: resuming must go on with exactly the same numbers
        index.put("position_bits", Double.doubleToRawLongBits(progress.position()));
        index.put("pace_bits", Double.doubleToRawLongBits(progress.pace()));
        index.put("seconds", progress.seconds());
        index.put("loader_epoch", progress.loader().epoch());
        index.put("loader_batch", progress.loader().batch());
        index.put("bad_steps", progress.badSteps());
        if (!Double.isNaN(progress.bestKnn())) {
            index.put("best_knn", progress.bestKnn());
            index.put("best_step", progress.bestStep());
        }
        index.put("optimizer_steps", optimizer.steps());
        index.putObject("files").put(shard.getFileName().toString(), Files.size(shard));
        Json.write(folder.indexFile(), index);
    }

    /**
     * Takes up a checkpoint.
     *
     * @throws BadInputException when it is damaged, or of another model
     */
    Progress load(CheckpointFolder folder) throws IOException {
        ObjectNode index = Json.readObject(folder.indexFile());
        String where = folder.folder().toString();
        if (!index.path("format").asText().equals(FORMAT)) {
            throw new BadInputException(where, "it is no checkpoint of this program", "resume from another one");
        }
        if (index.path("ranks").asInt() != 1) {
            throw new BadInputException(
                    where, "it was written by " + index.path("ranks").asInt() + " processes", "resume with as many");
        }
        Path shard = folder.shard(0, 1);
        long size = index.path("files").path(shard.getFileName().toString()).asLong(-1);
        if (!Files.isRegularFile(shard) || Files.size(shard) != size) {
            throw new BadInputException(
                    shard.toString(),
                    "the file is missing or not complete",
                    "remove the folder " + where + " and resume from the checkpoint before");
        }
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad();
                TensorFile file = Safetensors.open(shard)) {
            restore(file, index.path("optimizer_steps").asLong());
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    where,
                    "it does not fit this run (" + e.getMessage() + ")",
                    "resume with the run's own spec.yaml",
                    e);
        }
        return new Progress(
                index.path("step").asLong(),
                index.path("images").asLong(),
                Double.longBitsToDouble(index.path("position_bits").asLong()),
                Double.longBitsToDouble(index.path("pace_bits").asLong()),
                index.path("seconds").asDouble(),
                new LoaderPosition(
                        index.path("loader_epoch").asLong(),
                        index.path("loader_batch").asLong()),
                index.path("bad_steps").asInt(),
                index.path("best_knn").asDouble(Double.NaN),
                index.path("best_step").asLong());
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

    private static void put(Map<String, Tensor> target, String prefix, Map<String, Tensor> source) {
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

    private static void copy(Map<String, Tensor> saved, Map<String, Tensor> target) {
        target.forEach((name, tensor) -> {
            Tensor value = saved.get(name);
            if (value == null || value.numel() != tensor.numel()) {
                throw new IllegalArgumentException("the state '" + name + "' is missing");
            }
            tensor.copy_(value.view_as(tensor));
        });
    }

    private static Map<String, Tensor> part(TensorFile file, String prefix) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        for (String name : file.entries().keySet()) {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), file.read(name));
            }
        }
        return part;
    }
}
