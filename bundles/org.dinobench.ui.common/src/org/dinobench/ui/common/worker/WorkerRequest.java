package org.dinobench.ui.common.worker;

import java.util.List;

/**
 * Work for a process of its own.
 *
 * @param title what the Progress view calls it
 * @param arguments a command of the command line with its arguments, without the program
 */
public record WorkerRequest(String title, List<String> arguments) {
    /** Keeps a copy of the arguments. */
    public WorkerRequest {
        arguments = List.copyOf(arguments);
    }
}
