package org.dinobench.trainer.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import org.dinobench.trainer.DyingMonitor;
import org.dinobench.trainer.Pretraining;
import org.dinobench.trainer.TinyRuns;
import org.dinobench.trainer.TrainingResult;

/**
 * A rank of a whole run. Arguments: the run's folder, the folder of its images, the deadline in seconds, and after how
 * many steps every rank dies (0: never).
 */
final class RunRank {
    private RunRank() {}

    public static void main(String[] args) {
        Duration deadline = Duration.ofSeconds(Long.parseLong(args[2]));
        int steps = Integer.parseInt(args[3]);
        MpiWorld.call(MpiOptions.DEFAULT.withDeadline(deadline), world -> {
            System.out.println("rank " + world.rank() + " process "
                    + ProcessHandle.current().pid());
            try (Stream<Path> files = Files.list(Path.of(args[1]))) {
                List<Path> images = files.sorted().toList();
                RunDirectory run = RunDirectory.open(Path.of(args[0]));
                TrainSpec spec = run.readSpec();
                RankGroups groups = RankGroups.of(world, spec.sharding());
                TrainingResult result = new Pretraining()
                        .run(
                                new Pretraining.Job(spec, images, TinyRuns.labels(images), run, List.of()),
                                steps == 0 ? JobMonitor.NONE : new DyingMonitor(steps),
                                groups);
                groups.close();
                return result;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
