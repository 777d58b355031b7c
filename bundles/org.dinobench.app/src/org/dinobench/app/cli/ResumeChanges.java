package org.dinobench.app.cli;

import java.util.List;
import java.util.Set;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;

/**
 * What may be changed in a run that is gone on with: how a step is computed and what is kept, such as a smaller batch
 * after memory ran out. Networks, losses, schedules and crops stay, since weights and optimizer belong to them.
 */
final class ResumeChanges {
    private static final Set<String> KEYS = Set.of(
            "train.batch_size_per_gpu",
            "train.gradient_accumulation",
            "train.activation_checkpointing",
            "train.num_workers",
            "train.threads",
            "train.minutes",
            "train.checkpoint_every",
            "train.checkpoint_keep",
            "train.eval_every",
            "train.broken_share",
            "sharding.strategy",
            "sharding.group_size",
            "sharding.backbone_reduce",
            "sharding.head_reduce",
            "sharding.transport");

    private ResumeChanges() {}

    /**
     * The spec of a run with a person's changes.
     *
     * @param assignments {@code key=value}
     * @throws BadInputException for a key that belongs to what was trained so far
     */
    static TrainSpec apply(TrainSpec spec, List<String> assignments) {
        for (String assignment : assignments) {
            String key = assignment.contains("=")
                    ? assignment.substring(0, assignment.indexOf('=')).strip()
                    : assignment;
            if (!KEYS.contains(key)) {
                throw new BadInputException(
                        key,
                        "it cannot be changed in a run that is gone on with",
                        "change one of "
                                + String.join(", ", KEYS.stream().sorted().toList())
                                + ", or start a new run with student.pretrained_weights");
            }
        }
        return TrainSpecs.reader().setAll(spec, assignments);
    }
}
