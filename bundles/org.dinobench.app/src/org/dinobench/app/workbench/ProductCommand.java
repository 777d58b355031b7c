package org.dinobench.app.workbench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.Platform;
import org.eclipse.osgi.service.datalocation.Location;

/** The command line that starts an application of this very installation with the same Java. */
public final class ProductCommand {
    private ProductCommand() {}

    /**
     * The command of a headless worker.
     *
     * @param arguments a command of the command line and its arguments
     * @return program and arguments
     */
    public static List<String> worker(List<String> arguments) {
        List<String> command = base("org.dinobench.app.cli"); // $NON-NLS-1$
        command.addAll(List.of("-data", "@none")); // $NON-NLS-1$ //$NON-NLS-2$
        command.addAll(arguments);
        return command;
    }

    /**
     * The command of a workbench on a workspace.
     *
     * @param workspace the folder
     * @return program and arguments
     */
    public static List<String> workbench(Path workspace) {
        List<String> command = base("org.dinobench.app.workbench"); // $NON-NLS-1$
        command.addAll(List.of("-data", workspace.toString())); // $NON-NLS-1$
        return command;
    }

    private static List<String> base(String application) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString()); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // a worker is not the process under the debugger or the measurement of the start
            if (!option.startsWith("-agentlib")
                    && !option.startsWith("-javaagent")
                    && !option.contains("dinobench.startup") // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
                    && !option.contains("dinobench.exit")) { // $NON-NLS-1$
                command.add(option);
            }
        }
        command.addAll(List.of("-jar", System.getProperty("java.class.path"))); // $NON-NLS-1$ //$NON-NLS-2$
        command.addAll(List.of(
                "-nosplash", "-consoleLog", "-application", application)); // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        Location configuration = Platform.getConfigurationLocation();
        if (configuration != null && configuration.isSet()) {
            command.addAll(List.of("-configuration", configuration.getURL().toExternalForm())); // $NON-NLS-1$
        }
        return command;
    }
}
