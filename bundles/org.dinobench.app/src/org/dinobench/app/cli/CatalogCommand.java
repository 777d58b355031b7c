package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogExport;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.Count;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code catalog}: what a dataset holds, as numbers, as the table that a query gives, or as SQL. */
@Command(
        name = "catalog",
        description = "Tell what a dataset holds, or hand it to other programs: a query's rows as CSV or Parquet, or"
                + " all tables as SQL.")
final class CatalogCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--dataset", paramLabel = "NAME", required = true, description = "An imported dataset.")
    private String dataset;

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description =
                    "One SELECT over images, duplicate_groups, clusters, decisions, or entries, which joins them.")
    private String query;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the rows go: a .csv or a .parquet file.")
    private Path out;

    @Option(
            names = "--dump",
            paramLabel = "DIR",
            description = "Write all tables: schema.sql, load.sql and a CSV file each, into a new folder.")
    private Path dump;

    CatalogCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if ((query == null) != (out == null)) {
            throw new BadInputException(
                    query == null ? "--out" : "--query",
                    "it goes with " + (query == null ? "--query" : "--out"),
                    "give both, or neither");
        }
        try (Workspace workspace = workspaceOption.open()) {
            Catalog catalog = workspace.dataset(dataset).required().catalog();
            CatalogExport export = new CatalogExport(catalog);
            if (query != null) {
                long rows = export.query(query, out.toAbsolutePath());
                output.print(
                        console,
                        List.of(rows + " rows in " + out),
                        Json.object().put("rows", rows).put("out", out.toString()));
            }
            if (dump != null) {
                List<String> files = export.dump(dump);
                ObjectNode node = Json.object().put("folder", dump.toString());
                files.forEach(node.putArray("files")::add);
                output.print(console, List.of("all tables in " + dump + ": " + String.join(", ", files)), node);
            }
            if (query == null && dump == null) {
                summary(catalog);
            }
        }
        return 0;
    }

    private void summary(Catalog catalog) throws IOException {
        List<String> lines = new ArrayList<>();
        ObjectNode node = Json.object();
        long images = catalog.count(CatalogFilter.ALL);
        long readable = catalog.count(CatalogFilter.OK);
        lines.add(images + " images, " + readable + " of them can be read");
        node.put("images", images).put("ok", readable);
        counts(lines, node.putArray("labels"), "label", catalog.labels(CatalogFilter.OK));
        counts(lines, node.putArray("splits"), "split", catalog.splits(CatalogFilter.OK));
        output.print(console, lines, node);
    }

    private static void counts(List<String> lines, ArrayNode list, String kind, List<Count> counts) {
        for (Count count : counts) {
            lines.add("  " + kind + " " + (count.value().isEmpty() ? "(none)" : count.value()) + ": " + count.images());
            list.addObject().put("name", count.value()).put("images", count.images());
        }
    }
}
