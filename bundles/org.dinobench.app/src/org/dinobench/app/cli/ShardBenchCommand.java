package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.mpi.MpiCollectives;
import org.dinobench.trainer.bench.ShardBench;
import org.dinobench.trainer.bench.ShardFigures;
import org.dinobench.trainer.bench.ShardKnobs;
import org.dinobench.trainer.shard.Timeline;
import org.dinobench.trainer.shard.TimelineDrawing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench shard}: a sharded training step by several processes, a line from each. */
@Command(
        name = "shard",
        description = "A step of sharded pre-training on random crops; every process prints a line.",
        showDefaultValues = true)
final class ShardBenchCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RanksOption ranks;

    @Mixin
    private StepShapeOptions shape;

    @Option(names = "--json", description = "Accepted for uniformity; the output is JSON in any case.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--precision", defaultValue = "fp32", description = "fp32, fast or bf16.")
    private Precision precision;

    @Option(names = "--batch", defaultValue = "4", description = "Images a step on each process.")
    private int batch;

    @Option(names = "--steps", defaultValue = "5", description = "Measured steps.")
    private int steps;

    @Option(names = "--warmup", defaultValue = "1", description = "Steps before them.")
    private int warmup;

    @Option(names = "--threads", defaultValue = "1", description = "Threads of one operation.")
    private int threads;

    @Option(names = "--full", description = "Free weights between forward and backward pass.")
    private boolean full;

    @Option(names = "--not-ahead", description = "Collect weights only when they are needed.")
    private boolean notAhead;

    @Option(
            names = "--timeline",
            paramLabel = "FOLDER",
            description = "Write what each process did in the last step: rank-N.json for Chrome's trace viewer and"
                    + " rank-N.svg to look at.")
    private Path timeline;

    ShardBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("bench", "shard"));
        arguments.addAll(shape.arguments());
        option(arguments, "--precision", precision.name().toLowerCase(Locale.ROOT));
        option(arguments, "--batch", batch);
        option(arguments, "--steps", steps);
        option(arguments, "--warmup", warmup);
        option(arguments, "--threads", threads);
        if (full) {
            arguments.add("--full");
        }
        if (notAhead) {
            arguments.add("--not-ahead");
        }
        if (timeline != null) {
            option(arguments, "--timeline", timeline.toAbsolutePath());
        }
        return ranks.run(console, arguments, this::measure);
    }

    private static void option(List<String> arguments, String name, Object value) {
        arguments.add(name);
        arguments.add(String.valueOf(value));
    }

    private int measure(Collectives group) {
        ShardKnobs knobs = new ShardKnobs(
                shape.arch(),
                precision,
                batch,
                shape.patch(),
                shape.size(),
                shape.local(),
                shape.locals(),
                shape.prototypes(),
                shape.hidden(),
                shape.bottleneck(),
                steps,
                warmup,
                threads,
                !full,
                !notAhead);
        Timeline[] seen = new Timeline[1];
        ShardFigures figures = new ShardBench(knobs, group)
                .run(
                        line -> {
                            seen[0] = line;
                            if (group instanceof MpiCollectives messages) {
                                messages.observe(line::message);
                            }
                        },
                        JobMonitor.NONE);
        ObjectNode node = Json.object();
        node.put("rank", group.rank()).put("ranks", group.size());
        node.setAll((ObjectNode) Json.mapper().valueToTree(knobs));
        node.setAll((ObjectNode) Json.mapper().valueToTree(figures));
        console.print(node.toString());
        if (timeline != null) {
            try {
                Files.createDirectories(timeline);
                String name = "rank-" + group.rank();
                seen[0].write(timeline.resolve(name + ".json"), group.rank());
                String title = "A step of " + knobs.arch() + ", process " + group.rank() + " of " + group.size();
                TimelineDrawing.write(seen[0].spans(), title, timeline.resolve(name + ".svg"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return 0;
    }
}
