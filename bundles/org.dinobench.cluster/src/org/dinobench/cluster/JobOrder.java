package org.dinobench.cluster;

import java.util.List;
import java.util.Map;

/**
 * A run to be computed on a cluster.
 *
 * @param name of the run
 * @param folder of the run on the cluster, absolute and there
 * @param command what one process is: a program and its arguments
 * @param environment variables of the processes
 */
public record JobOrder(String name, String folder, List<String> command, Map<String, String> environment) {
    /** Copies its parts. */
    public JobOrder {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
