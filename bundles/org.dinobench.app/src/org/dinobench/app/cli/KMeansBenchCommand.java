package org.dinobench.app.cli;

import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.faiss.FaissBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench kmeans}: Faiss k-means on random vectors. */
@Command(name = "kmeans", description = "Faiss k-means on random vectors.", showDefaultValues = true)
final class KMeansBenchCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private VectorBenchOptions options;

    @Option(names = "--k", defaultValue = "256", description = "Clusters.")
    private int k;

    @Option(names = "--iterations", defaultValue = "10", description = "Passes.")
    private int iterations;

    KMeansBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FaissBench.Clustering figures = FaissBench.kmeans(
                options.vectors(), options.dimension(), k, iterations, options.threads(), options.seed());
        console.print(Json.mapper().valueToTree(figures).toString());
        return 0;
    }
}
