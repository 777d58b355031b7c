package org.dinobench.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.io.Json;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.Collectives;
import org.dinobench.torch.collective.CollectivesBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench collectives}: the speed of messages among processes. */
@Command(
        name = "collectives",
        description = "All-gather, reduce-scatter, all-reduce and broadcast by size and type.",
        showDefaultValues = true)
final class CollectivesBenchCommand implements Callable<Integer> {
    private static final long SMALLEST = 1L << 16;

    private final Console console;

    @Mixin
    private RanksOption ranks;

    @Option(names = "--json", description = "Accepted for uniformity; the output is JSON in any case.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--largest", defaultValue = "16777216", description = "Largest tensor, bytes.")
    private long largest;

    @Option(names = "--seconds", defaultValue = "0.3", description = "Time for each case.")
    private double seconds;

    CollectivesBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<String> arguments = List.of("bench", "collectives", "--largest", "" + largest, "--seconds", "" + seconds);
        return ranks.run(console, arguments, this::measure);
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
