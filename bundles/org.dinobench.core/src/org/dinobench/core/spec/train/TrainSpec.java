package org.dinobench.core.spec.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dinobench.core.spec.Key;

/**
 * Everything that determines a training run. Keys that mean the same as in the official DINOv2 configuration have its
 * names and, as defaults, the values of its {@code ssl_default_config}. Where a component is empty that allows
 * {@code auto}, {@link TrainSpecResolver} fills it; after resolution all of those are present.
 */
public record TrainSpec(
        @Key(doc = "Name of the preset that the other keys start from; empty: the defaults.", def = "")
        String preset,

        @Key(doc = "What the run is, in plain words.", def = "")
        String description,

        @Key(doc = "The network that is trained.") StudentSpec student,

        @Key(doc = "The moving average that gives the targets.")
        TeacherSpec teacher,

        @Key(doc = "The image-level loss.") DinoSpec dino,
        @Key(doc = "The patch-level loss.") IbotSpec ibot,

        @Key(
                doc = "Further losses by name, each with its own keys and a weight; they are defined by the bundles"
                        + " that bring the losses.")
        Map<String, Object> losses,

        @Key(doc = "Crops and augmentation.") CropsSpec crops,
        @Key(doc = "Optimizer and schedules.") OptimSpec optim,
        @Key(doc = "The training loop.") LoopSpec train,
        @Key(doc = "Checks while training.") EvaluationSpec evaluation,
        @Key(doc = "Learning from a larger frozen model.") DistillSpec distill,

        @Key(doc = "The last phase at larger crops.") HighResolutionSpec highResolution,

        @Key(doc = "Training by several processes.") ShardingSpec sharding) {
    /** Keeps an unmodifiable copy of the open section, in its order. */
    public TrainSpec {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
    }

    /**
     * The same with other further losses.
     *
     * @param further settings by the losses' names, as YAML would hold them: maps, lists, texts, numbers and booleans
     */
    public TrainSpec withLosses(Map<String, Object> further) {
        return new TrainSpec(
                preset,
                description,
                student,
                teacher,
                dino,
                ibot,
                further,
                crops,
                optim,
                train,
                evaluation,
                distill,
                highResolution,
                sharding);
    }
}
