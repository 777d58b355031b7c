package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dinobench.cluster.LocalRanks;
import org.dinobench.cluster.WorkerCommand;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.StoppedException;

/** Runs a measuring program as several ranks and collects the lines of JSON that it prints. */
final class MeasuringRanks {
    private final Console console;
    private final int ranks;

    MeasuringRanks(Console console, int ranks) {
        this.console = console;
        this.ranks = ranks;
    }

    /**
     * Runs it to its end; everything that it says besides goes to this process's standard error.
     *
     * @param program one rank's command
     * @return the objects in the order of their lines
     * @throws IllegalStateException when the program fails
     */
    List<JsonNode> run(List<String> program) throws IOException {
        WorkerCommand job = new LocalRanks(ranks, 0, console::remark)
                .command(new WorkerCommand(program, Path.of("").toAbsolutePath(), Map.of()));
        Process process = new ProcessBuilder(job.arguments())
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<JsonNode> lines = new ArrayList<>();
        try (Console.CommandMonitor monitor = console.monitor();
                BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("{")) {
                    lines.add(Json.mapper().readTree(line));
                } else {
                    console.remark(line);
                }
                if (monitor.isStopped()) {
                    throw new StoppedException("Stopped while the processes measure");
                }
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("The measuring processes ended with code " + code);
            }
            return lines;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("Interrupted while the processes measure");
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
