package org.dinobench.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.workspace.RunDirectory;

/** A worker of one process. Arguments: the run's folder, the folder of its images. */
final class LoneRun {
    private LoneRun() {}

    public static void main(String[] args) throws IOException {
        RunDirectory run = RunDirectory.open(Path.of(args[0]));
        new Pretraining()
                .run(
                        new Pretraining.Job(run.readSpec(), images(Path.of(args[1])), List.of(), run, List.of()),
                        JobMonitor.NONE);
    }

    static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
