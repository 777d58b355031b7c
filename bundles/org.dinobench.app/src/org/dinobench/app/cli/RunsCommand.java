package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.core.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code runs}: the runs of a workspace and where they stand. */
@Command(name = "runs", description = "List the runs of a workspace and where they stand.")
final class RunsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    RunsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<String> lines = new ArrayList<>();
        ArrayNode runs = JsonNodeFactory.instance.arrayNode();
        try (Workspace workspace = workspaceOption.open()) {
            for (RunDirectory run : workspace.runs()) {
                RunStatus status = run.status();
                lines.add(line(run, status));
                ObjectNode node = runs.addObject();
                node.put("name", run.name()).put("folder", run.folder().toString());
                node.put("state", status.state().word())
                        .put("step", status.step())
                        .put("total", status.total());
                node.put("message", status.message());
            }
        }
        if (lines.isEmpty()) {
            lines.add("There are no runs in " + workspaceOption.folder()
                    + " yet; start one with: ./dinobench train --dataset NAME --preset quick --out NAME");
        }
        ObjectNode machine = JsonNodeFactory.instance.objectNode();
        machine.set("runs", runs);
        output.print(console, lines, machine);
        return 0;
    }

    private static String line(RunDirectory run, RunStatus status) {
        return String.format(
                Locale.ROOT,
                "%-28s %-9s step %6d of %6d  %s",
                run.name(),
                status.state().word(),
                status.step(),
                status.total(),
                status.message());
    }
}
