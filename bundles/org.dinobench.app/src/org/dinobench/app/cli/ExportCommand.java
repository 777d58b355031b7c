package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.export.ExportRequest;
import org.dinobench.evaluation.export.ExportResult;
import org.dinobench.evaluation.export.Exporter;
import org.dinobench.evaluation.export.HfExporter;
import org.dinobench.evaluation.export.ModelCard;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: writes a model for other software and checks what was written. */
@Command(name = "export", description = "Write a model for other software, open it again and compare its features.")
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(
            names = "--model",
            paramLabel = "M",
            required = true,
            description = "A run (name or folder), a model folder or a model file.")
    private String model;

    @Option(names = "--format", paramLabel = "NAME", required = true, description = "hf: a transformers folder.")
    private String format;

    @Option(names = "--out", paramLabel = "PATH", required = true, description = "Folder or file to write.")
    private Path out;

    @Option(names = "--images", paramLabel = "FILE", arity = "1..*", description = "Images to compare features on.")
    private List<Path> images = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name on its card.")
    private String name;

    @Option(names = "--licence", paramLabel = "SPDX", description = "The licence of the weights, such as cc-by-4.0.")
    private String licence = "";

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Exporter exporter = exporter();
        try (LoadedModel loaded = ModelFiles.open(RunPaths.of(model, workspaceOption));
                Console.CommandMonitor monitor = console.monitor()) {
            ModelCard card = new ModelCard(
                    name == null ? loaded.config().name() : name,
                    licence,
                    "",
                    java.util.Map.of(),
                    java.util.Map.of(),
                    loaded.facts(),
                    "");
            ExportResult result = exporter.export(
                    new ExportRequest(
                            loaded.network(),
                            EvalTransform.squash(loaded.config().imageSize()),
                            out.toAbsolutePath(),
                            card,
                            images),
                    monitor);
            List<String> lines = new ArrayList<>();
            lines.add("Wrote " + result.target());
            lines.add(result.check().sentence());
            lines.addAll(result.notes());
            output.print(
                    console,
                    lines,
                    Json.object()
                            .put("target", result.target().toString())
                            .put("largest_difference", result.check().largestDifference())
                            .put("passed", result.check().passed()));
            return result.check().passed() ? 0 : CliApplication.FAILURE;
        }
    }

    private Exporter exporter() {
        List<Exporter> exporters = List.of(new HfExporter());
        return exporters.stream()
                .filter(candidate -> candidate.format().equals(format))
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        "--format " + format,
                        "there is no such format",
                        "use one of: "
                                + String.join(
                                        ", ",
                                        exporters.stream().map(Exporter::format).toList())));
    }
}
