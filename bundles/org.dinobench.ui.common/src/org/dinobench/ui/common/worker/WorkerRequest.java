package org.dinobench.ui.common.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Work for a process of its own.
 *
 * @param title what the Progress view calls it
 * @param arguments a command of the command line with its arguments, without the program
 * @param run folder of the training run that the worker works on; empty for other work
 */
public record WorkerRequest(String title, List<String> arguments, Optional<Path> run) {
    /** Keeps a copy of the arguments. */
    public WorkerRequest {
        arguments = List.copyOf(arguments);
    }

    /**
     * Work that is no training run.
     *
     * @param title what the Progress view calls it
     * @param arguments a command of the command line with its arguments, without the program
     */
    public WorkerRequest(String title, List<String> arguments) {
        this(title, arguments, Optional.empty());
    }
}
