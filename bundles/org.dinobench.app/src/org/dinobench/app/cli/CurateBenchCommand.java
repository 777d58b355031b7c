package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.dinobench.core.io.Json;
import org.dinobench.curator.Ranks;
import org.dinobench.curator.bench.CurateBench;
import org.dinobench.curator.bench.CurateFigures;
import org.dinobench.curator.bench.CurateKnobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench curate}: copies and clusters among made-up vectors. */
@Command(
        name = "curate",
        description = "Find the copies among made-up vectors, of which one in twenty is a copy, and cluster the rest."
                + " Called again after a kill, it goes on.",
        showDefaultValues = true)
final class CurateBenchCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec commandSpec;

    @Mixin
    private VectorBenchOptions options;

    @Option(names = "--clusters", defaultValue = "0", description = "Clusters; 0 is a hundredth of the vectors.")
    private int clusters;

    @Option(names = "--iterations", defaultValue = "10", description = "Passes of k-means.")
    private int iterations;

    @Option(names = "--neighbours", defaultValue = "64", description = "Neighbours of each vector.")
    private int neighbours;

    @Option(names = "--threshold", defaultValue = "0.6", description = "Least cosine of copies.")
    private double threshold;

    @Option(
            names = "--exact-limit",
            defaultValue = "200000",
            description = "Vectors up to which all are compared with all.")
    private int exactLimit;

    @Option(
            names = "--ranks",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes on this machine that share the work; more than one need Open MPI.")
    private int ranks;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "Folder for vectors and unfinished work, kept; default: one in the cache, removed in the end.")
    private Path work;

    CurateBenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        int count = clusters == 0 ? Math.max(1, options.vectors() / 100) : clusters;
        CurateKnobs knobs = new CurateKnobs(
                options.vectors(),
                options.dimension(),
                count,
                iterations,
                neighbours,
                threshold,
                exactLimit,
                options.threads(),
                options.seed());
        Path folder = work != null
                ? work.toAbsolutePath()
                : CacheFolder.path().resolve("bench").resolve(String.format("curate-%08x", knobs.hashCode()));
        RankedJob job = (group, shown) -> measure(knobs, folder, group, shown);
        return job.start(
                console,
                ranks,
                commandSpec.root().commandLine().getParseResult().originalArgs());
    }

    private void measure(CurateKnobs knobs, Path folder, Ranks group, Console shown) throws IOException {
        Files.createDirectories(folder);
        CurateFigures figures;
        try (Console.CommandMonitor monitor = shown.monitor()) {
            figures = new CurateBench(knobs, folder, group).run(monitor);
        }
        group.barrier();
        if (work == null && group.first()) {
            delete(folder);
        }
        shown.print(json(knobs, figures, group).toString());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(folder)) {
            paths = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    private static ObjectNode json(CurateKnobs knobs, CurateFigures figures, Ranks group) {
        ObjectNode node = Json.object();
        node.put("n", knobs.vectors()).put("d", knobs.dimension()).put("clusters", knobs.clusters());
        node.put("iterations", knobs.iterations()).put("neighbours", knobs.neighbours());
        node.put("threshold", knobs.threshold()).put("exact", knobs.vectors() <= knobs.exactLimit());
        node.put("threads", knobs.threads()).put("ranks", group.size()).put("resumed", figures.resumed());
        node.put("write_s", figures.writeSeconds()).put("search_s", figures.searchSeconds());
        node.put("cluster_s", figures.clusterSeconds()).put("search_cpu_s", figures.searchCpuSeconds());
        node.put("cluster_cpu_s", figures.clusterCpuSeconds());
        node.put("pairs", figures.pairs()).put("recall", figures.recall());
        node.put("planted", figures.planted()).put("planted_found", figures.plantedFound());
        node.put("kept", figures.kept()).put("mean_similarity", figures.meanSimilarity());
        node.put("empty_clusters", figures.emptyClusters());
        node.put("memory_told_mib", figures.memoryBytes() >> 20).put("peak_rss_mib", figures.peakBytes() >> 20);
        return node;
    }
}
