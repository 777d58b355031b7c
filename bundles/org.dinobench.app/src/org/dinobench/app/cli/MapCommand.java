package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.map.EmbeddingMap;
import org.dinobench.curator.map.EmbeddingTable;
import org.dinobench.curator.map.Tsne;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code map}: places a dataset's images on a plane by t-SNE of their embeddings. */
@Command(name = "map", description = "Place a dataset's images on a plane by t-SNE of their embeddings.")
final class MapCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--dataset", paramLabel = "NAME", required = true, description = "A dataset with embeddings.")
    private String dataset;

    @Option(names = "--perplexity", paramLabel = "X", defaultValue = "30", description = "Default: ${DEFAULT-VALUE}.")
    private double perplexity;

    @Option(names = "--iterations", paramLabel = "N", defaultValue = "750", description = "Default: ${DEFAULT-VALUE}.")
    private int iterations;

    MapCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!(perplexity >= 2)) {
            throw new BadInputException("--perplexity " + perplexity, "it is below 2", "give 5 to 50; 30 is usual");
        }
        if (iterations < 1) {
            throw new BadInputException("--iterations " + iterations, "it is below 1", "give 500 or more");
        }
        DatasetDirectory directory = workspaceOption.open().dataset(dataset).required();
        List<Path> embedders = EmbeddingTable.embedders(directory.folder());
        if (embedders.isEmpty()) {
            throw new BadInputException(
                    directory.folder().toString(), "there are no embeddings", "curate the dataset first");
        }
        EmbeddingTable table = EmbeddingTable.read(embedders.get(0));
        EmbeddingMap map;
        try (Console.CommandMonitor monitor = console.monitor()) {
            map = new EmbeddingMap(
                    table.keys(), new Tsne(perplexity, iterations, 0).map(table.values(), table.dimension(), monitor));
        }
        Path file = EmbeddingMap.tsneFile(directory.folder(), table.embedder());
        map.write(file);
        output.print(
                console,
                List.of("Wrote " + file),
                Json.object().put("map", file.toString()).put("images", table.rows()));
        return 0;
    }
}
