package org.dinobench.app.cli;

import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.faiss.FaissBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench knn}: Faiss exact search on random vectors. */
@Command(name = "knn", description = "Faiss exact nearest neighbours on random vectors.", showDefaultValues = true)
final class KnnBenchCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private VectorBenchOptions options;

    @Option(names = "--k", defaultValue = "64", description = "Neighbours.")
    private int k;

    @Option(names = "--queries", defaultValue = "1000", description = "Queries.")
    private int queries;

    KnnBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FaissBench.Knn figures =
                FaissBench.knn(options.vectors(), options.dimension(), k, queries, options.threads(), options.seed());
        console.print(Json.mapper().valueToTree(figures).toString());
        return 0;
    }
}
