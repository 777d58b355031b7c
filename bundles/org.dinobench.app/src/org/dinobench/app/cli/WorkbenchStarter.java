package org.dinobench.app.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the workbench of this same product as a process of its own. */
final class WorkbenchStarter {
    private WorkbenchStarter() {}

    /** Whether a window could be opened. */
    static boolean hasDisplay() {
        String os = System.getProperty("os.name");
        return !os.startsWith("Linux") || System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    }

    /** Opens it on a workspace and returns at once; the process lives on by itself. */
    static void open(Path workspace) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("-D") || option.startsWith("-X") || option.startsWith("--enable")) {
                command.add(option);
            }
        }
        command.addAll(List.of(
                "-jar",
                System.getProperty("java.class.path").split(File.pathSeparator)[0],
                "-nosplash",
                "-application",
                "org.dinobench.app.workbench",
                "-data",
                workspace.toString()));
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
