package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dinobench.app.quickstart.Quickstart;
import org.dinobench.app.quickstart.QuickstartOptions;
import org.dinobench.app.quickstart.QuickstartResult;
import org.dinobench.app.quickstart.QuickstartTable;
import org.dinobench.core.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quickstart}: the whole way once, on one's own images or on a public sample. */
@Command(
        name = "quickstart",
        description = "From images to an exported model and a report: import, near-duplicates, clusters, training,"
                + " evaluation, export.")
final class QuickstartCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "A folder of images, subfolders as labels; default: a small public sample, fetched by npm.")
    private Path images;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "3",
            description = "How long to train; default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "quick",
            description = "The training preset; default: ${DEFAULT-VALUE}.")
    private String preset;

    @Option(names = "--no-ui", description = "Do not open the workbench at the end.")
    private boolean noUi;

    QuickstartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        QuickstartOptions options = new QuickstartOptions(
                Optional.ofNullable(images), workspaceOption.folder(), minutes, preset, CacheFolder.path());
        QuickstartResult result;
        try (Console.CommandMonitor monitor = console.monitor()) {
            result = new Quickstart(options, EmbedderServices.find()).run(monitor);
        }
        output.print(
                console,
                QuickstartTable.of(result),
                Json.readObject(result.report().resolveSibling("report.json")));
        if (!noUi && !output.isJson() && WorkbenchStarter.hasDisplay()) {
            console.remark("Opening the workbench on " + options.workspace() + " …");
            WorkbenchStarter.open(options.workspace());
        }
        return 0;
    }
}
