package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.format.Safetensors;
import org.dinobench.torch.format.ShardedTensors;
import org.dinobench.torch.format.TensorFile;
import org.dinobench.trainer.shard.ShardedModel;
import org.dinobench.trainer.step.Objective;

/**
 * Writes and reads checkpoints of many processes: each its own stretch of every unit, all at the same time. The first
 * one writes the index once all files are there, so a checkpoint is complete or none.
 */
final class ShardedCheckpoints implements Checkpoints {
    private static final String OBJECTIVE = "objective.";

    private final ShardedModel model;
    private final Objective objective;
    private final int batch;

    ShardedCheckpoints(ShardedModel model, Objective objective, int batch) {
        this.model = model;
        this.objective = objective;
        this.batch = batch;
    }

    @Override
    public void save(CheckpointFolder folder, Progress progress) throws IOException {
        // of several copies one is enough
        Collectives shard = model.groups().shard();
        boolean writes = model.groups().replicas().rank() == 0;
        long size = 0;
        if (writes) {
            Files.createDirectories(folder.folder());
            Path file = folder.shard(shard.rank(), shard.size());
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            if (shard.rank() == 0) {
                CheckpointStore.put(tensors, OBJECTIVE, objective.state());
            }
            try (TensorScope scope = TensorScope.open()) {
                tensors.putAll(model.state());
                Safetensors.write(file, tensors, Map.of("format", CheckpointIndex.FORMAT));
            }
            size = Files.size(file);
        }
        long[] sizes = sizes(size);
        if (model.groups().rank() == 0) {
            CheckpointIndex index = CheckpointIndex.of(
                    folder,
                    progress,
                    shard.size(),
                    batch * model.groups().replicas().size(),
                    model.optimizer().steps());
            for (int rank = 0; rank < shard.size(); rank++) {
                index.file(rank, shard.size(), sizes[rank]);
            }
            index.node().put("loss_scale", model.lossScale().value());
            index.node().put("loss_scale_steps", model.lossScale().soundSteps());
            ShardedTensors.describe(
                    index.node(), model.networks().student().parameters().units(), model.teacherHeads());
            index.write();
        }
        model.groups().all().barrier();
    }

    /** The sizes of the files of a copy, known to its ranks once all are written; then all ranks have come here. */
    private long[] sizes(long mine) {
        try (TensorScope scope = TensorScope.open()) {
            Collectives shard = model.groups().shard();
            Tensor all = Tensors.of(new long[shard.size()], shard.size());
            shard.allGather(Tensors.of(new long[] {mine}, 1), all);
            long[] sizes = Tensors.longs(all);
            model.groups().all().barrier();
            return sizes;
        }
    }

    @Override
    public Progress load(CheckpointFolder folder) throws IOException {
        CheckpointIndex index = CheckpointIndex.read(folder);
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad();
                TensorFile file = ShardedTensors.open(folder.folder(), index.node())) {
            model.load(file, index.optimizerSteps());
            CheckpointStore.copy(CheckpointStore.part(file, OBJECTIVE), objective.state());
            if (index.node().has("loss_scale")) {
                model.lossScale()
                        .restore(
                                index.node().get("loss_scale").asDouble(),
                                index.node().path("loss_scale_steps").asLong());
            }
        } catch (IllegalArgumentException e) {
            throw CheckpointStore.doesNotFit(folder, e);
        }
        return index.progress();
    }
}
