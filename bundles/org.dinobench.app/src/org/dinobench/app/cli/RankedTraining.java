package org.dinobench.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.app.workbench.ProductCommand;
import org.dinobench.cluster.LocalRanks;
import org.dinobench.cluster.WorkerCommand;
import org.dinobench.cluster.profile.ProfileKind;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.torch.mpi.MpiEnvironment;
import org.dinobench.torch.mpi.MpiOptions;
import org.dinobench.torch.mpi.MpiWorld;
import org.dinobench.trainer.shard.RankGroups;

/** A training by several processes: this one starts them, or is one of them. */
final class RankedTraining {
    private final TrainingOptions options;
    private final String command;
    private final boolean json;

    /** What a rank does. */
    @FunctionalInterface
    interface Work {
        /** @return the exit code */
        int train(RunDirectory run, RankGroups groups, Console console) throws IOException;
    }

    RankedTraining(TrainingOptions options, String command, boolean json) {
        this.options = options;
        this.command = command;
        this.json = json;
    }

    /** Whether a launcher has started this process as one of several. */
    boolean isRank() {
        return MpiWorld.isUnderMpi();
    }

    /** Number of processes of the run that the options ask for, or that a launcher has started. */
    static int ranks(TrainingOptions options) {
        if (options.ranks() < 1) {
            throw new BadInputException("--ranks", "it is " + options.ranks(), "give 1 or more");
        }
        return environment().map(MpiEnvironment::size).filter(size -> size > 0).orElse(options.ranks());
    }

    /** Number of those processes on this machine. */
    static int here(TrainingOptions options) {
        return Math.max(
                1,
                environment()
                        .map(MpiEnvironment::localSize)
                        .filter(size -> size > 0)
                        .orElse(options.ranks()));
    }

    /** Cores for each process. */
    static int cores(TrainingOptions options) {
        if (options.elsewhere() && options.cluster().orElseThrow().kind() == ProfileKind.SLURM) {
            return options.cluster().orElseThrow().slurm().cpusPerRank();
        }
        return Math.max(1, Runtime.getRuntime().availableProcessors() / here(options));
    }

    private static Optional<MpiEnvironment> environment() {
        return MpiEnvironment.read(System.getenv());
    }

    /** Does the work as a rank: the first one makes the run, then all train. */
    int take(Console console, TrainingCall.Makes made, Path folder, Work work) throws IOException {
        MpiOptions patience = MpiOptions.DEFAULT.withDeadline(options.deadline());
        try {
            return MpiWorld.call(patience, world -> {
                try {
                    boolean leads = world.rank() == 0;
                    RunDirectory first = leads ? made.run() : null;
                    world.collectives().barrier();
                    RunDirectory run = leads ? first : RunDirectory.open(folder);
                    RankGroups groups = RankGroups.of(world, run.readSpec().sharding());
                    int code = work.train(run, groups, leads ? console : console.silenced());
                    groups.close();
                    return code;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Starts the ranks, waits for them and gives their exit code. */
    int launch(Console console, RunDirectory run, Path manifest) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(command, "--resume", "--out", run.folder().toString(), "--manifest", manifest.toString()));
        arguments.addAll(List.of("--deadline", Long.toString(options.deadline().toSeconds())));
        if (json) {
            arguments.add("--json");
        }
        // settings of native memory and threads came with this process, as its children inherit them
        WorkerCommand worker =
                new WorkerCommand(ProductCommand.worker(arguments), Path.of("").toAbsolutePath(), Map.of());
        int code;
        try (Console.CommandMonitor monitor = console.monitor()) {
            code = new LocalRanks(options.ranks(), options.restarts(), console::remark)
                    .run(worker, run, monitor::isStopped);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Interrupted while the processes train");
        }
        return code;
    }
}
