package org.dinobench.app.cli;

import picocli.CommandLine.Option;

/** The options of every measurement on made-up vectors. */
final class VectorBenchOptions {
    @Option(names = "--json", description = "Accepted for uniformity; the output is JSON in any case.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--n", defaultValue = "100000", description = "Vectors.")
    private int n;

    @Option(names = "--d", defaultValue = "384", description = "Dimension.")
    private int d;

    @Option(names = "--threads", defaultValue = "2", description = "Threads.")
    private int threads;

    @Option(names = "--seed", defaultValue = "0", description = "Seed.")
    private int seed;

    int vectors() {
        return n;
    }

    int dimension() {
        return d;
    }

    int threads() {
        return threads;
    }

    int seed() {
        return seed;
    }
}
