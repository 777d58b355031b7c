package org.dinobench.cluster;

import java.io.IOException;
import java.util.Optional;
import org.dinobench.core.workspace.RunDirectory;

/**
 * Starts workers and finds them again; an OSGi service. A worker outlives the program that started it: everything about
 * it is in its run directory. Implementations are thread-safe.
 */
public interface Launcher {
    /** A short name for lists and profiles, such as {@code local}. */
    String name();

    /** One sentence for a person: where workers run. */
    String description();

    /**
     * Starts a worker for a run. Its output is appended to the run's log, and the run's status says that it is running.
     *
     * @throws org.dinobench.core.problem.BadInputException when the run has a worker already, or the program cannot be
     *     started
     */
    WorkerHandle start(WorkerCommand command, RunDirectory run) throws IOException;

    /** The living worker of a run that was started earlier, by anybody; empty when it has ended. */
    Optional<WorkerHandle> find(RunDirectory run);
}
