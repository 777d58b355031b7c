package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;
import org.dinobench.trainer.bench.StepBench;
import org.dinobench.trainer.bench.StepFigures;
import org.dinobench.trainer.bench.StepKnobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: measurements that print one JSON line each. */
@Command(
        name = "bench",
        description = "Measure a part of Dinobench; each prints one line of JSON.",
        synopsisSubcommandLabel = "WHAT",
        subcommands = {
            BenchCommand.Step.class,
            KMeansBenchCommand.class,
            KnnBenchCommand.class,
            CurateBenchCommand.class,
            EmbedBenchCommand.class
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.remark("Say what to measure: step, kmeans, knn, curate or embed.");
        return CliApplication.BAD_INPUT;
    }

    /** One training step on random crops. */
    @Command(name = "step", description = "One step of pre-training on random crops.", showDefaultValues = true)
    static final class Step implements Callable<Integer> {
        private final Console console;

        @Option(names = "--json", description = "Accepted for uniformity; the output is JSON in any case.")
        private boolean json;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help.")
        private boolean help;

        @Option(names = "--arch", defaultValue = "vit_small", description = "Preset of the backbone.")
        private String arch;

        @Option(names = "--mode", defaultValue = "efficient", description = "efficient or ibot.")
        private TrainMode mode;

        @Option(names = "--precision", defaultValue = "fp32", description = "fp32, fast or bf16.")
        private Precision precision;

        @Option(names = "--batch", defaultValue = "8", description = "Images a step.")
        private int batch;

        @Option(names = "--patch", defaultValue = "14", description = "Side of a patch, pixels.")
        private int patch;

        @Option(names = "--size", defaultValue = "224", description = "Side of a global crop, pixels.")
        private int size;

        @Option(names = "--local", defaultValue = "98", description = "Side of a local crop, pixels.")
        private int local;

        @Option(names = "--locals", defaultValue = "8", description = "Local crops an image.")
        private int locals;

        @Option(names = "--prototypes", defaultValue = "8192", description = "Prototypes of each head.")
        private int prototypes;

        @Option(names = "--hidden", defaultValue = "2048", description = "Hidden width of the heads.")
        private int hidden;

        @Option(names = "--bottleneck", defaultValue = "256", description = "Bottleneck of the heads.")
        private int bottleneck;

        @Option(names = "--drop", defaultValue = "0.3", description = "Rate of stochastic depth.")
        private double drop;

        @Option(names = "--steps", defaultValue = "5", description = "Measured steps.")
        private int steps;

        @Option(names = "--warmup", defaultValue = "1", description = "Steps before them.")
        private int warmup;

        @Option(names = "--threads", defaultValue = "2", description = "Threads of one operation.")
        private int threads;

        @Option(names = "--checkpointing", description = "Compute activations again in the backward pass.")
        private boolean checkpointing;

        Step(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            StepKnobs knobs = new StepKnobs(
                    arch,
                    mode,
                    precision,
                    batch,
                    patch,
                    size,
                    local,
                    locals,
                    prototypes,
                    hidden,
                    bottleneck,
                    drop,
                    steps,
                    warmup,
                    threads,
                    checkpointing);
            StepFigures figures;
            try (Console.CommandMonitor monitor = console.monitor()) {
                figures = new StepBench().run(knobs, monitor);
            }
            ObjectNode node = Json.object();
            node.put("arch", arch).put("mode", mode.name().toLowerCase(java.util.Locale.ROOT));
            node.put("precision", precision.name().toLowerCase(java.util.Locale.ROOT));
            node.put("batch", batch)
                    .put("patch", patch)
                    .put("size", size)
                    .put("local", local)
                    .put("locals", locals);
            node.put("prototypes", prototypes)
                    .put("hidden", hidden)
                    .put("bottleneck", bottleneck)
                    .put("drop", drop);
            node.put("steps", steps).put("warmup", warmup).put("threads", threads);
            node.put("step_s", figures.stepSeconds()).put("cpu_s", figures.cpuSeconds());
            node.put("images_per_s", figures.imagesPerSecond()).put("peak_rss_mib", figures.peakRssMib());
            node.put("loss", figures.loss());
            console.print(node.toString());
            return 0;
        }
    }
}
