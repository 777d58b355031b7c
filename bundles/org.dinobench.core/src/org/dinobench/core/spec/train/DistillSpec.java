package org.dinobench.core.spec.train;

import java.util.Optional;
import org.dinobench.core.spec.Key;

/** Learning from a larger frozen model ({@code distill.*}): paper, section 5. */
public record DistillSpec(
        @Key(
                doc = "Learn from a frozen teacher: no masks, no stochastic depth, iBOT loss on both global crops,"
                        + " and a moving average of the student as the product.",
                def = "false")
        boolean enabled,

        @Key(doc = "The teacher: a run, a checkpoint folder, a Hugging Face folder or a .pth file.", def = "")
        Optional<String> teacher) {}
