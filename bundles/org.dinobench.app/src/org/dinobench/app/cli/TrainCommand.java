package org.dinobench.app.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code train}: pre-trains on the kept images of a dataset or manifest, or goes on with a run. */
@Command(name = "train", description = "Pre-train a vision transformer without labels, or go on with a run (--resume).")
final class TrainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Mixin
    private TrainingOptions options;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        return new TrainingCall(console, output, workspaceOption, options)
                .run("train", options.preset(), options.assignments());
    }
}
