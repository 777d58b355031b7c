package org.dinobench.app.workbench.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dinobench.app.workbench.ProductCommand;
import org.dinobench.cluster.LocalLauncher;
import org.dinobench.cluster.WorkerCommand;
import org.dinobench.cluster.WorkerHandle;
import org.dinobench.core.run.RunState;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.worker.WorkerProcess;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.worker.WorkerStarter;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.core.runtime.ILog;

/**
 * Starts workers on this machine. Their output goes to files and is read from there, so that a worker goes on when the
 * workbench ends, whichever way it ends.
 */
public final class LocalWorkerStarter implements WorkerStarter {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS"); // $NON-NLS-1$

    @Override
    public WorkerProcess start(WorkerRequest request, Consumer<String> onLine) throws IOException {
        WorkerCommand command = WorkerCommand.of(
                ProductCommand.worker(request.arguments()),
                ActiveWorkspace.get().root());
        Optional<Path> run = request.run();
        return run.isPresent() ? startRun(command, run.get(), onLine) : startPlain(command, request, onLine);
    }

    private static WorkerProcess startRun(WorkerCommand command, Path folder, Consumer<String> onLine)
            throws IOException {
        RunDirectory run = RunDirectory.open(folder);
        LogTail tail = LogTail.fromEndOf(run.logFile(), onLine);
        WorkerHandle handle = new LocalLauncher().start(command, run);
        tail.follow(handle::isAlive);
        return new RunWorker(handle);
    }

    private static WorkerProcess startPlain(WorkerCommand command, WorkerRequest request, Consumer<String> onLine)
            throws IOException {
        Path logs = Files.createDirectories(
                ActiveWorkspace.get().root().resolve(".metadata").resolve("workers")); // $NON-NLS-1$ //$NON-NLS-2$
        Path log = logs.resolve(request.arguments().get(0) + "-" + STAMP.format(LocalDateTime.now())
                + ".log"); //$NON-NLS-1$ //$NON-NLS-2$
        ProcessBuilder builder = new ProcessBuilder(inOwnSession(command.arguments()))
                .directory(command.workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(command.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        LogTail tail = LogTail.fromEndOf(log, onLine);
        tail.follow(process::isAlive);
        return new PlainWorker(process, tail);
    }

    /** Out of the terminal's group: closing the terminal must not end the work. */
    private static List<String> inOwnSession(List<String> arguments) {
        for (String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) { // $NON-NLS-1$ //$NON-NLS-2$
            Path setsid = Path.of(folder, "setsid"); // $NON-NLS-1$
            if (!folder.isEmpty() && Files.isExecutable(setsid)) {
                List<String> all = new ArrayList<>(List.of(setsid.toString()));
                all.addAll(arguments);
                return all;
            }
        }
        return arguments;
    }

    private record PlainWorker(Process process, LogTail tail) implements WorkerProcess {
        @Override
        public boolean isAlive() {
            // the last lines tell why a worker failed
            return process.isAlive() || !tail.ended();
        }

        @Override
        public int exitCode() {
            return process.exitValue();
        }

        @Override
        public void stop() {
            process.destroy();
        }
    }

    private record RunWorker(WorkerHandle handle) implements WorkerProcess {
        @Override
        public boolean isAlive() {
            return handle.isAlive();
        }

        @Override
        public int exitCode() {
            RunState state = handle.status().state();
            return switch (state) {
                case FINISHED -> 0;
                case STOPPED -> 3;
                default -> 1;
            };
        }

        @Override
        public void stop() {
            try {
                handle.stop();
            } catch (IOException e) {
                ILog.of(LocalWorkerStarter.class).error("The run could not be asked to stop", e); // $NON-NLS-1$
            }
        }
    }
}
