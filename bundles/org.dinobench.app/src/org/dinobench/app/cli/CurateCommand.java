package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.curator.Curation;
import org.dinobench.curator.CurationResult;
import org.dinobench.curator.dedup.DuplicateGroup;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.spec.CurationSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code curate}: removes copies, makes clusters and writes a versioned manifest. */
@Command(
        name = "curate",
        description = "Find copies and label conflicts, make clusters, and write a manifest that says of each image why"
                + " it is in or out.")
final class CurateCommand implements Callable<Integer> {
    private final Console console;

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

    CurateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        CurationSpec base = spec == null ? CurationSpec.defaults() : CurationSpec.read(spec);
        CurationSpec resolved = SpecReader.of(CurationSpec.class).setAll(base, assignments);
        CurationResult result;
        try (Workspace workspace = workspaceOption.open();
                Console.CommandMonitor monitor = console.monitor()) {
            DatasetDirectory directory = workspace.dataset(dataset).required();
            Path folder = out == null ? directory.curationsFolder().resolve("default") : out.toAbsolutePath();
            result = new Curation(directory, resolved, Embedders.standard()).run(folder, monitor);
            directory.catalog().exportManifest(directory.manifestCsv(), directory.manifestParquet());
        }
        output.print(console, lines(result), json(result));
        return 0;
    }

    private static List<String> lines(CurationResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.images() + " images, " + result.kept() + " kept; " + result.exactPairs()
                + " pairs of identical files, " + result.groups().size() + " groups of copies, "
                + result.conflicts().size() + " of them with conflicting labels, "
                + result.acrossSplits().size() + " across splits; "
                + result.clusters().size() + " clusters");
        for (DuplicateGroup group : result.conflicts()) {
            StringBuilder line = new StringBuilder("  conflict, group " + group.number() + ":");
            group.members().forEach(image -> line.append(' ')
                    .append(image.path())
                    .append(" (")
                    .append(image.label())
                    .append(')'));
            lines.add(line.toString());
        }
        lines.add("manifest: " + result.manifest());
        return lines;
    }

    private static ObjectNode json(CurationResult result) {
        ObjectNode node = Json.object();
        node.put("images", result.images()).put("kept", result.kept()).put("exact_pairs", result.exactPairs());
        node.put("groups", result.groups().size())
                .put("across_splits", result.acrossSplits().size());
        node.put("clusters", result.clusters().size()).put("version", result.version());
        ArrayNode conflicts = node.putArray("conflicts");
        result.conflicts().forEach(group -> conflicts.add(group.number()));
        node.put("manifest", result.manifest().toString());
        return node;
    }
}
