package org.dinobench.trainer.internal.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.imaging.loader.LoaderPosition;

/**
 * The index of a checkpoint: the progress, who wrote it, and which files belong to it. It is written last, so that a
 * checkpoint without it is none.
 */
record CheckpointIndex(ObjectNode node, CheckpointFolder folder) {
    static final String FORMAT = "dinobench-checkpoint-1";

    /**
     * A new index.
     *
     * @param ranks processes that write the checkpoint
     * @param batch images a step and process, a micro-batch's
     */
    static CheckpointIndex of(CheckpointFolder folder, Progress progress, int ranks, int batch, long optimizerSteps) {
        ObjectNode index = Json.object();
        index.put("format", FORMAT);
        index.put("ranks", ranks);
        index.put("batch", batch);
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
        index.put("optimizer_steps", optimizerSteps);
        index.putObject("files");
        return new CheckpointIndex(index, folder);
    }

    /**
     * The index of a checkpoint.
     *
     * @throws BadInputException when it is none of this program
     */
    static CheckpointIndex read(CheckpointFolder folder) {
        ObjectNode index = Json.readObject(folder.indexFile());
        if (!index.path("format").asText().equals(FORMAT)) {
            throw new BadInputException(
                    folder.folder().toString(), "it is no checkpoint of this program", "resume from another one");
        }
        return new CheckpointIndex(index, folder);
    }

    /** Says that a file belongs to the checkpoint. */
    void file(int rank, int ranks, long size) {
        ((ObjectNode) node.get("files"))
                .put(folder.shard(rank, ranks).getFileName().toString(), size);
    }

    void write() throws IOException {
        Json.write(folder.indexFile(), node);
    }

    int ranks() {
        return node.path("ranks").asInt(1);
    }

    /** Images of all processes a micro-batch; empty in checkpoints that do not say. */
    Optional<Integer> globalBatch() {
        return node.has("batch") ? Optional.of(ranks() * node.get("batch").asInt()) : Optional.empty();
    }

    long optimizerSteps() {
        return node.path("optimizer_steps").asLong();
    }

    Progress progress() {
        return new Progress(
                node.path("step").asLong(),
                node.path("images").asLong(),
                Double.longBitsToDouble(node.path("position_bits").asLong()),
                Double.longBitsToDouble(node.path("pace_bits").asLong()),
                node.path("seconds").asDouble(),
                new LoaderPosition(
                        node.path("loader_epoch").asLong(),
                        node.path("loader_batch").asLong()),
                node.path("bad_steps").asInt(),
                node.path("best_knn").asDouble(Double.NaN),
                node.path("best_step").asLong());
    }
}
