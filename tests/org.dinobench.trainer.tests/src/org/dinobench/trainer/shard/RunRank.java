package org.dinobench.trainer.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import org.dinobench.trainer.Pretraining;
import org.dinobench.trainer.TinyRuns;

/** A rank of a whole run. Arguments: the run's folder, the folder of its images. */
final class RunRank {
    private RunRank() {}

    public static void main(String[] args) {
        MpiWorld.call(MpiOptions.DEFAULT.withDeadline(Duration.ofSeconds(120)), world -> {
            System.out.println("rank " + world.rank() + " process "
                    + ProcessHandle.current().pid());
            try (Stream<Path> files = Files.list(Path.of(args[1]))) {
                List<Path> images = files.sorted().toList();
                RunDirectory run = RunDirectory.open(Path.of(args[0]));
                return new Pretraining()
                        .run(
                                new Pretraining.Job(run.readSpec(), images, TinyRuns.labels(images), run, List.of()),
                                JobMonitor.NONE,
                                RankGroups.flat(world.collectives()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
