package org.dinobench.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: measurements that print one JSON line each. */
@Command(
        name = "bench",
        description = "Measure a part of Dinobench; each prints one line of JSON.",
        synopsisSubcommandLabel = "WHAT",
        subcommands = {
            StepBenchCommand.class,
            LoaderBenchCommand.class,
            KMeansBenchCommand.class,
            KnnBenchCommand.class,
            CurateBenchCommand.class,
            EmbedBenchCommand.class,
            CollectivesBenchCommand.class,
            ShardBenchCommand.class
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
        console.remark("Say what to measure: step, loader, kmeans, knn, curate, embed, collectives or shard.");
        return CliApplication.BAD_INPUT;
    }
}
