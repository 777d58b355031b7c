package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.ImportReport;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.imaging.OpenCvImageProbe;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code import}: takes folders of images into a dataset's catalog; again for what is new or changed. */
@Command(
        name = "import",
        description = "Take folders of images into a dataset. The images stay where they are. Called again, it only"
                + " reads what is new or changed.")
final class ImportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            required = true,
            arity = "1..*",
            description = "Folders of images; subfolders name the labels, and train, val or test above them the split.")
    private List<Path> images;

    @Option(names = "--dataset", paramLabel = "NAME", required = true, description = "Name of the dataset.")
    private String dataset;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that decode; default: all cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @ArgGroup
    private Labels labels;

    /** Where labels come from when not from folder names. */
    static final class Labels {
        @Option(
                names = "--labels",
                paramLabel = "CSV",
                description = "A CSV file with the columns path, label and, if you like, split.")
        private Path csv;

        @Option(names = "--no-labels", description = "Take no labels from folder names.")
        private boolean none;
    }

    ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (threads < 1) {
            throw new BadInputException("--threads " + threads, "there must be one thread at least", "give 1 or more");
        }
        for (Path folder : images) {
            if (!Files.isDirectory(folder)) {
                throw new BadInputException(
                        folder.toString(),
                        Files.exists(folder) ? "this is no folder" : "there is no such folder",
                        "give --images a folder with images in it");
            }
        }
        ImportReport total = new ImportReport(0, 0, 0, 0, 0, 0, 0, List.of());
        DatasetDirectory directory;
        try (Workspace workspace = workspaceOption.open();
                Console.CommandMonitor monitor = console.monitor()) {
            directory = workspace.dataset(dataset).create();
            Catalog catalog = directory.catalog();
            for (Path folder : images) {
                total = total.plus(
                        catalog.importFolder(folder, labelSource(), new OpenCvImageProbe(), threads, monitor));
            }
            catalog.exportManifest(directory.manifestCsv(), directory.manifestParquet());
        }
        print(directory, total);
        return 0;
    }

    private LabelSource labelSource() {
        if (labels == null) {
            return new LabelSource.Folders();
        }
        return labels.none ? new LabelSource.None() : new LabelSource.Csv(labels.csv);
    }

    private void print(DatasetDirectory directory, ImportReport total) {
        List<String> lines = new ArrayList<>();
        lines.add("Dataset " + directory.name() + " in " + directory.folder());
        lines.add("  found " + total.found() + " images: " + total.added() + " new, " + total.changed() + " changed, "
                + total.unchanged() + " as before, " + total.broken() + " cannot be read, " + total.missing()
                + " no longer there; passed over " + total.others() + " other files");
        total.remarks().forEach(remark -> lines.add("  " + remark));
        output.print(
                console,
                lines,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("dataset", directory.folder().toString())
                        .put("found", total.found())
                        .put("added", total.added())
                        .put("changed", total.changed())
                        .put("unchanged", total.unchanged())
                        .put("missing", total.missing())
                        .put("broken", total.broken())
                        .put("others", total.others()));
    }
}
