package org.dinobench.ui.common.worker;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Starts the product's command line as a process of its own. The one place where the workbench does so; an OSGi service,
 * of which the product brings one.
 */
public interface WorkerStarter {
    /**
     * Starts a worker.
     *
     * @param request what to do
     * @param onLine gets each line that it prints, from a background thread
     * @return the process
     * @throws IOException when it cannot be started
     */
    WorkerProcess start(WorkerRequest request, Consumer<String> onLine) throws IOException;
}
