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
    private static final String PEAK = "VmHWM:";

    private LoneRun() {}

    public static void main(String[] args) throws IOException {
        RunDirectory run = RunDirectory.open(Path.of(args[0]));
        new Pretraining()
                .run(
                        new Pretraining.Job(run.readSpec(), images(Path.of(args[1])), List.of(), run, List.of()),
                        JobMonitor.NONE);
        Path self = Path.of("/proc/self/status");
        if (Files.isReadable(self)) {
            Files.readAllLines(self).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .forEach(System.out::println);
        }
    }

    /** Peak of resident memory that a worker has printed at its end. */
    static double peakMib(String output) {
        return output.lines()
                .filter(line -> line.startsWith(PEAK))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }

    static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
