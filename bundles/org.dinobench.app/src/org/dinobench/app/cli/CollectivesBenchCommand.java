package org.dinobench.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.app.workbench.ProductCommand;
import org.dinobench.core.io.Json;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.CollectivesBench;
import org.dinobench.torch.mpi.MpiYardstick;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code bench collectives}: the speed of messages among processes, by turns with a C program that calls MPI's own
 * operations on buffers of the same sizes.
 */
@Command(
        name = "collectives",
        description = "All-gather, reduce-scatter, all-reduce and broadcast by size and type, beside MPI's own.",
        showDefaultValues = true)
final class CollectivesBenchCommand implements Callable<Integer> {
    private static final long SMALLEST = 1L << 16;

    private final Console console;

    @Mixin
    private RanksOption ranks;

    @Option(names = "--json", description = "Print a line of JSON for each case instead of a table.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--largest", defaultValue = "16777216", description = "Largest tensor, bytes.")
    private long largest;

    @Option(names = "--seconds", defaultValue = "0.1", description = "Time for each case and round.")
    private double seconds;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Measurements of each side by turns; the best counts.")
    private int rounds;

    @Option(names = "--alone", description = "Leave MPI's own operations out.")
    private boolean alone;

    CollectivesBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<String> arguments = List.of("bench", "collectives", "--largest", "" + largest, "--seconds", "" + seconds);
        if (!ranks.several()) {
            return ranks.run(console, arguments, this::measure);
        }
        CollectivesComparison comparison = new CollectivesComparison();
        MeasuringRanks processes = new MeasuringRanks(console, ranks.number());
        try (MpiYardstick yardstick = MpiYardstick.find()) {
            List<String> theirs =
                    List.of(yardstick.program().toString(), "--max", "" + largest, "--seconds", "" + seconds);
            for (int round = 1; round <= rounds; round++) {
                console.remark("round " + round + " of " + rounds);
                comparison.ours(processes.run(ProductCommand.worker(arguments)));
                if (!alone) {
                    comparison.theirs(processes.run(theirs));
                }
            }
        }
        if (json) {
            comparison.lines().forEach(line -> console.print(line.toString()));
        } else {
            comparison.table().forEach(console::print);
        }
        return 0;
    }

    private int measure(Collectives group) {
        Torch.setThreads(1);
        List<Long> sizes = LongStream.iterate(SMALLEST, size -> size <= largest, size -> size * 4)
                .boxed()
                .toList();
        new CollectivesBench(group, ComputeDevice.CPU, Duration.ofMillis(Math.round(1000 * seconds)))
                .run(sizes, List.of(ScalarType.Float, ScalarType.Half, ScalarType.BFloat16), speed -> {
                    if (group.rank() == 0) {
                        console.print(Json.mapper().valueToTree(speed).toString());
                    }
                });
        return 0;
    }
}
