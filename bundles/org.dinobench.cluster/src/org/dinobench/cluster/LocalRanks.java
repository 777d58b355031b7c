package org.dinobench.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.RunCommand;
import org.dinobench.core.run.WorkerEnd;
import org.dinobench.core.workspace.CheckpointFolder;
import org.dinobench.core.workspace.RunDirectory;

/**
 * Starts a run as several processes of this machine under {@code mpirun}, waits for their end, and starts them again
 * when one of them was lost, from the last checkpoint. When a process dies, {@code mpirun} ends the others.
 */
public final class LocalRanks {
    private static final long POLL_MILLIS = 100;

    private final int ranks;
    private final int restarts;
    private final Consumer<String> tell;

    /**
     * @param ranks number of processes, at least 1
     * @param restarts how often the processes are started again after one was lost, 0 for never
     * @param tell hears of restarts, and why the processes died
     */
    public LocalRanks(int ranks, int restarts, Consumer<String> tell) {
        if (ranks < 1 || restarts < 0) {
            throw new IllegalArgumentException(ranks + " ranks, " + restarts + " restarts");
        }
        this.ranks = ranks;
        this.restarts = restarts;
        this.tell = tell;
    }

    /**
     * The command that starts a worker as several ranks. Arguments stay as they are: no shell sees them.
     *
     * @throws BadInputException when Open MPI is not installed
     */
    public WorkerCommand command(WorkerCommand worker) {
        Optional<String> mpirun = Programs.onPath("mpirun");
        if (mpirun.isEmpty()) {
            throw new BadInputException(
                    "--ranks", "there is no mpirun", "install Open MPI (Debian: apt-get install openmpi-bin)");
        }
        List<String> command = new ArrayList<>();
        // a Ctrl-C at the terminal is for this process, which asks the ranks to end in order
        Programs.onPath("setsid").ifPresent(setsid -> command.addAll(List.of(setsid, "--wait")));
        command.addAll(List.of(mpirun.get(), "-q", "-np", Integer.toString(ranks), "--bind-to", "none"));
        command.addAll(MpiCommand.ONE_MACHINE);
        if (ranks > Runtime.getRuntime().availableProcessors()) {
            command.add("--oversubscribe");
        }
        if (System.getProperty("user.name").equals("root")) {
            command.add("--allow-run-as-root");
        }
        // mpirun takes a program named java to be one of its own Java programs: it adds its classes behind any argument
        // that has "cp" in it, and breaks the one after
        Programs.onPath("env").ifPresent(command::add);
        command.addAll(worker.arguments());
        return new WorkerCommand(command, worker.workingDirectory(), worker.environment());
    }

    /**
     * Runs the ranks to their end, with the output of this process.
     *
     * @param worker one rank's command; it goes on with the run when there is a checkpoint
     * @param run the run
     * @param stopped whether somebody wants the run to end; it is asked to, once, and awaited
     * @return the exit code of the job: 0 when it is done, otherwise that of the first rank that failed
     */
    public int run(WorkerCommand worker, RunDirectory run, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        WorkerCommand command = command(worker);
        int left = restarts;
        while (true) {
            WorkerEnd end = WorkerEnd.watch();
            int code = once(command, run, stopped);
            // 2 and 3: the run's input is wrong, or it was stopped; another try would end the same way
            if (code == 0 || code == 2 || code == 3 || stopped.getAsBoolean()) {
                return code;
            }
            if (left == 0) {
                Optional<String> word = end.leaveLastWord(run.statusFile(), code);
                // a worker that failed has said why; one that was killed has not
                if (word.isPresent() || code > 128) {
                    tell.accept(word.orElse("A process was " + end.words(code)));
                }
                return code;
            }
            left--;
            Optional<CheckpointFolder> last = run.latestCheckpoint();
            tell.accept("A process was " + end.words(code) + "; starting all " + ranks + " again "
                    + last.map(checkpoint -> "from the checkpoint of step " + checkpoint.step())
                            .orElse("from the beginning"));
        }
    }

    private static int once(WorkerCommand command, RunDirectory run, BooleanSupplier stopped)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command.arguments())
                .directory(command.workingDirectory().toFile())
                .inheritIO()
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(command.environment());
        Process process = builder.start();
        boolean asked = false;
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!asked && stopped.getAsBoolean()) {
                    asked = true;
                    run.control().request(RunCommand.STOP);
                }
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    /** Programs that the system finds by name. */
    static final class Programs {
        private Programs() {}

        static Optional<String> onPath(String program) {
            for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
                Path candidate = Path.of(folder, program);
                if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(candidate.toString());
                }
            }
            return Optional.empty();
        }
    }
}
