package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.evaluation.embed.EmbedBench;
import org.dinobench.evaluation.features.FeatureKind;
import org.dinobench.torch.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench embed}: images a second from files to features, and of the network alone. */
@Command(
        name = "embed",
        description = "Embedding of a folder of images with random weights, and the network alone.",
        showDefaultValues = true)
final class EmbedBenchCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Accepted for uniformity; the output is JSON in any case.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--images", paramLabel = "DIR", required = true, description = "A folder of images.")
    private Path images;

    @Option(names = "--arch", defaultValue = "vit_small", description = "Preset of the backbone.")
    private String arch;

    @Option(names = "--patch", defaultValue = "14", description = "Side of a patch, pixels.")
    private int patch;

    @Option(names = "--size", defaultValue = "224", description = "Side of the input, pixels.")
    private int size;

    @Option(names = "--batch", defaultValue = "32", description = "Images a pass.")
    private int batch;

    @Option(names = "--features", defaultValue = "cls", description = "cls, mean_patch or cls_and_mean_patch.")
    private FeatureKind features;

    @Option(names = "--precision", defaultValue = "fp32", description = "fp32, fast or bf16.")
    private Precision precision;

    @Option(names = "--threads", defaultValue = "2", description = "Threads of one operation.")
    private int threads;

    @Option(names = "--workers", defaultValue = "2", description = "Threads that decode.")
    private int workers;

    @Option(names = "--limit", defaultValue = "1000", description = "Images at most.")
    private int limit;

    @Option(names = "--repeats", defaultValue = "5", description = "Passes of the network alone.")
    private int repeats;

    EmbedBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        EmbedBench.Figures figures;
        try (Console.CommandMonitor monitor = console.monitor()) {
            figures = new EmbedBench()
                    .run(
                            new EmbedBench.Knobs(
                                    arch, patch, size, batch, threads, workers, precision, features, limit, repeats),
                            images.toAbsolutePath(),
                            monitor);
        }
        ObjectNode node = Json.object();
        node.put("arch", arch).put("patch", patch).put("size", size).put("batch", batch);
        node.put("features", features.name().toLowerCase(Locale.ROOT));
        node.put("precision", precision.name().toLowerCase(Locale.ROOT));
        node.put("threads", threads).put("workers", workers).put("images", figures.images());
        node.put("seconds", figures.seconds()).put("images_per_s", figures.imagesPerSecond());
        node.put("network_s", figures.networkSeconds()).put("network_images_per_s", figures.networkImagesPerSecond());
        console.print(node.toString());
        return 0;
    }
}
