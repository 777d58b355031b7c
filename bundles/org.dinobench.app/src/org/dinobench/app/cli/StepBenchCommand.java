package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;
import org.dinobench.trainer.bench.StepAblation;
import org.dinobench.trainer.bench.StepBench;
import org.dinobench.trainer.bench.StepFigures;
import org.dinobench.trainer.bench.StepKnobs;
import org.dinobench.trainer.bench.StepSwitch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench step}: one training step on random crops, or a table of what each switch of it gives. */
@Command(name = "step", description = "One step of pre-training on random crops.", showDefaultValues = true)
final class StepBenchCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private StepShapeOptions shape;

    @Option(names = "--mode", defaultValue = "efficient", description = "efficient or ibot.")
    private TrainMode mode;

    @Option(names = "--precision", defaultValue = "fp32", description = "fp32, fast or bf16.")
    private Precision precision;

    @Option(names = "--batch", defaultValue = "8", description = "Images a forward pass.")
    private int batch;

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

    @Option(names = "--accumulation", defaultValue = "1", description = "Batches a step.")
    private int accumulation;

    @Option(
            names = "--off",
            paramLabel = "SWITCH",
            split = ",",
            description = "Switches of the efficient mode to turn off: fused-attention, packing, drop-skips-work,"
                    + " needed-tokens, local-class-tokens, flat-buffers.")
    private List<String> off = new ArrayList<>();

    @Option(
            names = "--ablate",
            description = "Turn each switch off alone, each step in a process of its own, and print a table.")
    private boolean ablate;

    StepBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        StepKnobs knobs = new StepKnobs(
                shape.arch(),
                mode,
                precision,
                batch,
                shape.patch(),
                shape.size(),
                shape.local(),
                shape.locals(),
                shape.prototypes(),
                shape.hidden(),
                shape.bottleneck(),
                drop,
                steps,
                warmup,
                threads,
                checkpointing,
                accumulation,
                switches());
        try (Console.CommandMonitor monitor = console.monitor()) {
            if (ablate) {
                print(StepAblation.run(knobs, new StepProcess(monitor), monitor));
            } else {
                print(knobs, new StepBench().run(knobs, monitor));
            }
        }
        return 0;
    }

    private Set<StepSwitch> switches() {
        Set<StepSwitch> result = EnumSet.noneOf(StepSwitch.class);
        for (String name : off) {
            result.add(EnumSet.allOf(StepSwitch.class).stream()
                    .filter(one -> one.key().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new BadInputException(
                            "--off",
                            "there is no switch " + name,
                            "use one of "
                                    + String.join(
                                            ", ",
                                            EnumSet.allOf(StepSwitch.class).stream()
                                                    .map(StepSwitch::key)
                                                    .toList()))));
        }
        return result;
    }

    /** One line of JSON in any case, as the other measurements have it. */
    private void print(StepKnobs knobs, StepFigures figures) {
        ObjectNode node = Json.object();
        node.put("arch", shape.arch()).put("mode", lower(mode)).put("precision", lower(precision));
        node.put("batch", batch).put("patch", shape.patch()).put("size", shape.size());
        node.put("local", shape.local()).put("locals", shape.locals()).put("prototypes", shape.prototypes());
        node.put("hidden", shape.hidden()).put("bottleneck", shape.bottleneck()).put("drop", drop);
        node.put("steps", steps).put("warmup", warmup).put("threads", threads);
        node.put("checkpointing", checkpointing).put("accumulation", accumulation);
        ArrayNode without = node.putArray("off");
        knobs.off().stream().sorted().map(StepSwitch::key).forEach(without::add);
        put(node, figures);
        console.print(node.toString());
    }

    private void print(List<StepAblation.Row> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("%-28s %8s %8s %10s".formatted("step", "s/step", "cpu s", "peak MiB"));
        ObjectNode machine = Json.object();
        ArrayNode all = machine.putArray("steps");
        for (StepAblation.Row row : rows) {
            StepFigures figures = row.figures();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-28s %8.3f %8.3f %10.0f",
                    row.name(),
                    figures.stepSeconds(),
                    figures.cpuSeconds(),
                    figures.peakRssMib()));
            put(all.addObject().put("name", row.name()), figures);
        }
        output.print(console, lines, machine);
    }

    private static void put(ObjectNode node, StepFigures figures) {
        node.put("step_s", figures.stepSeconds()).put("cpu_s", figures.cpuSeconds());
        node.put("images_per_s", figures.imagesPerSecond()).put("peak_rss_mib", figures.peakRssMib());
        node.put("loss", figures.loss()).put("grad_norm", figures.gradientNorm());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
