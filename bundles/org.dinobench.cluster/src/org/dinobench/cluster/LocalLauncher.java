package org.dinobench.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.cluster.internal.LocalWorker;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.HostName;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.run.WorkerEnd;
import org.dinobench.core.workspace.RunDirectory;

/**
 * Starts workers as processes of this machine, in a session of their own where the system has {@code setsid}: so
 * closing the workbench, or the terminal that it was started from, does not end them.
 */
public final class LocalLauncher implements Launcher {
    private static final boolean WINDOWS = File.separatorChar == '\\';

    /** A launcher; instances share nothing and may come and go. */
    public LocalLauncher() {}

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String description() {
        return "Workers run on this computer.";
    }

    @Override
    public WorkerHandle start(WorkerCommand command, RunDirectory run) throws IOException {
        Files.createDirectories(run.controlFolder());
        Path lockFile = run.controlFolder().resolve("launch.lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null || find(run).isPresent()) {
                throw alreadyRunning(run);
            }
            return launch(command, run);
        } catch (OverlappingFileLockException e) {
            throw alreadyRunning(run);
        }
    }

    private static BadInputException alreadyRunning(RunDirectory run) {
        return new BadInputException(
                "run " + run.name(), "it has a worker already", "wait for its end, or stop it first");
    }

    private static WorkerHandle launch(WorkerCommand command, RunDirectory run) throws IOException {
        // requests that nobody took were meant for an earlier worker
        run.control().clear();
        List<String> arguments = new ArrayList<>();
        setsid().ifPresent(arguments::add);
        arguments.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .directory(command.workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File(WINDOWS ? "NUL" : "/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(run.logFile().toFile()));
        builder.environment().putAll(command.environment());
        checkProgram(command);
        Process process;
        WorkerEnd end = WorkerEnd.watch();
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new BadInputException(
                    command.arguments().get(0),
                    "the worker cannot be started (" + e.getMessage() + ")",
                    "check the program and its working directory " + command.workingDirectory(),
                    e);
        }
        writeStarted(process.toHandle(), run);
        process.onExit().thenAccept(ended -> leaveLastWord(end, ended.exitValue(), run));
        return new LocalWorker(run, process.toHandle());
    }

    /** A worker that was killed cannot say so; as long as this process lives, it does. */
    private static void leaveLastWord(WorkerEnd end, int code, RunDirectory run) {
        try {
            Optional<String> word = end.leaveLastWord(run.statusFile(), code);
            if (word.isPresent()) {
                Files.writeString(run.logFile(), word.get() + System.lineSeparator(), StandardOpenOption.APPEND);
            }
        } catch (IOException gone) {
            // the run was deleted, or its disk is full: the status shows the worker as gone in any case
            System.getLogger(LocalLauncher.class.getName())
                    .log(System.Logger.Level.WARNING, "The end of a worker cannot be told: " + gone.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With {@code setsid} in front, a program that is not there would only be told in the log. */
    private static void checkProgram(WorkerCommand command) {
        String program = command.arguments().get(0);
        boolean isPath = program.indexOf('/') >= 0 || program.indexOf(File.separatorChar) >= 0;
        boolean there = isPath
                ? Files.isExecutable(command.workingDirectory().resolve(program))
                : onPath(program).isPresent() || WINDOWS;
        if (!there) {
            throw new BadInputException(program, "there is no such program", "install it, or give its full path");
        }
    }

    /** The first word on the run is ours, so that it is found again even if the worker dies before it can speak. */
    private static void writeStarted(ProcessHandle process, RunDirectory run) throws IOException {
        Optional<RunStatus> before = RunStatus.readIfPresent(run.statusFile());
        if (before.isPresent()
                && before.get().pid() == process.pid()
                && before.get().state() != RunState.CREATED) {
            return; // the worker was faster
        }
        RunStatus old = before.orElseGet(() -> RunStatus.created(0));
        run.writeStatus(new RunStatus(
                RunState.RUNNING,
                old.step(),
                old.total(),
                old.etaSeconds(),
                old.imagesPerSecond(),
                process.pid(),
                process.info().startInstant(),
                HostName.get(),
                Instant.now(),
                "Starting"));
    }

    @Override
    public Optional<WorkerHandle> find(RunDirectory run) {
        return RunStatus.readIfPresent(run.statusFile())
                .flatMap(RunStatus::process)
                .map(process -> new LocalWorker(run, process));
    }

    private static Optional<String> setsid() {
        return WINDOWS ? Optional.empty() : onPath("setsid");
    }

    private static Optional<String> onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                Path candidate = Path.of(folder, program);
                if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                    return Optional.of(candidate.toString());
                }
            }
        }
        return Optional.empty();
    }
}
