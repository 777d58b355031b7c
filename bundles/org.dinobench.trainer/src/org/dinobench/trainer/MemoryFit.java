package org.dinobench.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;

/**
 * Whether a run fits into memory, and what to change when it does not.
 *
 * @param estimate of one process
 * @param ranks processes on this machine
 * @param free bytes that may be used; empty: unknown, and everything fits
 * @param batch largest smaller batch that fits; empty: none, or not needed
 * @param checkpointed what one process needs with activation checkpointing; empty: it would not do either, is on
 *     already, or is not needed
 */
public record MemoryFit(
        MemoryEstimate estimate, int ranks, OptionalLong free, OptionalInt batch, OptionalLong checkpointed) {
    private static final double GIB = 1L << 30;

    /**
     * Compares a run with this machine.
     *
     * @param spec resolved
     * @param images images of the run
     * @param ranks processes on this machine
     * @param free bytes that may be used
     */
    public static MemoryFit of(TrainSpec spec, int images, int ranks, OptionalLong free) {
        MemoryEstimate estimate = MemoryEstimate.of(spec, images, ranks);
        MemoryEstimate.Step step = MemoryEstimate.Step.of(spec);
        if (free.isEmpty() || ranks * estimate.bytes() <= free.getAsLong()) {
            return new MemoryFit(estimate, ranks, free, OptionalInt.empty(), OptionalLong.empty());
        }
        long each = free.getAsLong() / ranks;
        int low = 1; // too small to train with; fits or not
        int high = step.batch(); // does not fit
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (MemoryEstimate.of(step.withBatch(middle), ranks, estimate.images())
                            .bytes()
                    <= each) {
                low = middle;
            } else {
                high = middle;
            }
        }
        long recomputing = MemoryEstimate.of(step.withCheckpointing(), ranks, estimate.images())
                .bytes();
        return new MemoryFit(
                estimate,
                ranks,
                free,
                low > 1 ? OptionalInt.of(low) : OptionalInt.empty(),
                recomputing <= each && !step.checkpointing() ? OptionalLong.of(recomputing) : OptionalLong.empty());
    }

    /** Whether it fits, as far as one can know. */
    public boolean fits() {
        return free.isEmpty() || ranks * estimate.bytes() <= free.getAsLong();
    }

    /** One sentence: needs about this much, so much is free. */
    public String sentence() {
        String needs = ranks == 1
                ? String.format(Locale.ROOT, "needs about %.1f GiB of memory", estimate.bytes() / GIB)
                : String.format(
                        Locale.ROOT,
                        "needs about %.1f GiB of memory, %.1f in each of %d processes",
                        ranks * estimate.bytes() / GIB,
                        estimate.bytes() / GIB,
                        ranks);
        String parts = String.format(
                Locale.ROOT,
                " (weights and optimizer %.1f, %sactivations %.1f, images %.1f)",
                estimate.state() / GIB,
                estimate.teacher() == 0 ? "" : String.format(Locale.ROOT, "teacher %.1f, ", estimate.teacher() / GIB),
                estimate.activations() / GIB,
                (estimate.crops() + estimate.images()) / GIB);
        return needs
                + parts
                + (free.isPresent() ? String.format(Locale.ROOT, "; %.1f are free", free.getAsLong() / GIB) : "");
    }

    /** What to do when it does not fit. */
    public String repair() {
        List<String> ways = new ArrayList<>();
        batch.ifPresent(size -> ways.add("train.batch_size_per_gpu=" + size + " (with train.gradient_accumulation)"));
        checkpointed.ifPresent(bytes -> ways.add(
                String.format(Locale.ROOT, "train.activation_checkpointing=true (about %.1f GiB)", bytes / GIB)));
        return ways.isEmpty()
                ? "use a smaller student.arch, fewer prototypes or smaller crops, or a machine with more memory"
                : "use " + String.join(", or ", ways);
    }

    /**
     * Refuses a run that does not fit.
     *
     * @throws BadInputException with the repair
     */
    public void require() {
        if (!fits()) {
            throw new BadInputException(
                    "memory", "the run " + sentence(), repair() + "; --force starts it all the same");
        }
    }
}
