package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.curator.Curation;
import org.dinobench.curator.CurationEstimate;
import org.dinobench.curator.CurationResult;
import org.dinobench.curator.Ranks;
import org.dinobench.curator.spec.CurationSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code curate}: removes copies, makes clusters and writes a versioned manifest. */
@Command(
        name = "curate",
        description = "Find copies and label conflicts, make clusters, and write a manifest that says of each image why"
                + " it is in or out.")
final class CurateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec commandSpec;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--dataset", paramLabel = "NAME", required = true, description = "An imported dataset.")
    private String dataset;

    @Option(names = "--spec", paramLabel = "FILE", description = "Stages and their settings as YAML.")
    private Path spec;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the spec, such as cluster.clusters=50.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the manifest goes; default: curations/default in the dataset's folder.")
    private Path out;

    @Option(
            names = "--ranks",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes on this machine that share the work; more than one need Open MPI.")
    private int ranks;

    @Option(
            names = "--dry-run",
            description = "Only tell what it would take: vectors, memory and time, from short trials on this machine.")
    private boolean dryRun;

    CurateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        CurationSpec base = spec == null ? CurationSpec.defaults() : CurationSpec.read(spec);
        CurationSpec resolved = SpecReader.of(CurationSpec.class).setAll(base, assignments);
        RankedJob job = (group, shown) -> curate(resolved, group, shown);
        return job.start(
                console,
                ranks,
                commandSpec.root().commandLine().getParseResult().originalArgs());
    }

    private void curate(CurationSpec resolved, Ranks group, Console shown) throws IOException {
        try (Workspace workspace = workspaceOption.open();
                Console.CommandMonitor monitor = shown.monitor()) {
            DatasetDirectory directory = workspace.dataset(dataset).required();
            Curation curation = new Curation(directory, resolved, EmbedderServices.find(), group);
            if (dryRun) {
                CurationEstimate estimate = curation.estimate(monitor);
                monitor.close();
                output.print(shown, CurationText.lines(estimate), CurationText.json(estimate));
                return;
            }
            Path folder = out == null ? directory.curationsFolder().resolve("default") : out.toAbsolutePath();
            CurationResult result = curation.run(folder, monitor);
            if (group.first()) {
                directory.catalog().exportManifest(directory.manifestCsv(), directory.manifestParquet());
            }
            monitor.close();
            output.print(shown, CurationText.lines(result), CurationText.json(result));
        }
    }
}
