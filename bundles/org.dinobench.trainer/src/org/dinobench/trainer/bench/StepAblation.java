package org.dinobench.trainer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;

/**
 * What each switch of the efficient step gives: the same step with one of them off, and with the ways to trade time for
 * memory or precision on. The unchanged step is measured first and last, so that a drift of the machine is seen.
 */
public final class StepAblation {
    /** Name of the unchanged step. */
    public static final String BASE = "efficient";

    private StepAblation() {}

    /** Measures one step; in a process of its own where the peak memory of each is wanted. */
    @FunctionalInterface
    public interface Measurement {
        /** The figures of a step. */
        StepFigures measure(StepKnobs knobs) throws IOException;
    }

    /**
     * One step to measure.
     *
     * @param name for people, such as {@code without packing}
     * @param knobs what to measure
     */
    public record Variant(String name, StepKnobs knobs) {}

    /**
     * One line of the table.
     *
     * @param name of the variant
     * @param figures what was found
     */
    public record Row(String name, StepFigures figures) {}

    /**
     * The variants of an efficient fp32 step.
     *
     * @param base what to start from; its mode, precision, checkpointing and switches are set here
     */
    public static List<Variant> variants(StepKnobs base) {
        if (base.batch() < 4) {
            throw new BadInputException(
                    "--batch",
                    "accumulation halves the batch, and " + base.batch() + " is too small for that",
                    "use a batch of 4 or more");
        }
        StepKnobs plain =
                base.withMode(TrainMode.EFFICIENT).withPrecision(Precision.FP32).withCheckpointing(false);
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant(BASE, plain));
        for (StepSwitch one : StepSwitch.values()) {
            variants.add(new Variant("without " + one.key(), plain.without(one)));
        }
        variants.add(new Variant("with checkpointing", plain.withCheckpointing(true)));
        variants.add(new Variant("in two batches", plain.inTwoBatches()));
        variants.add(new Variant("fast", plain.withPrecision(Precision.FAST)));
        variants.add(new Variant("bf16", plain.withPrecision(Precision.BF16)));
        variants.add(new Variant("ibot", plain.withMode(TrainMode.IBOT)));
        variants.add(new Variant(BASE, plain));
        return variants;
    }

    /** Measures all variants one after the other. */
    public static List<Row> run(StepKnobs base, Measurement measurement, JobMonitor monitor) throws IOException {
        List<Variant> variants = variants(base);
        List<Row> rows = new ArrayList<>();
        monitor.begin("Measuring switches", variants.size());
        for (Variant variant : variants) {
            monitor.checkStopped();
            rows.add(new Row(variant.name(), measurement.measure(variant.knobs())));
            monitor.worked(1);
        }
        return rows;
    }
}
