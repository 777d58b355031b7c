package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.export.ExportOptions;
import org.dinobench.evaluation.export.ExportRequest;
import org.dinobench.evaluation.export.ExportResult;
import org.dinobench.evaluation.export.Exporter;
import org.dinobench.evaluation.export.ModelCard;
import org.dinobench.evaluation.export.RunCard;
import org.dinobench.evaluation.features.UsualTransform;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: writes a model for other software and checks what was written. */
@Command(name = "export", description = "Write a model for other software, open it again and compare its features.")
final class ExportCommand implements Callable<Integer> {
    private static final int CHECK_IMAGES = 4;

    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @ArgGroup(multiplicity = "1")
    private What what;

    /** Either the list, or an export. */
    static final class What {
        @Option(names = "--list", required = true, description = "Show the formats there are.")
        private boolean list;

        @ArgGroup(exclusive = false)
        private Export export;
    }

    /** What is exported, and to where. */
    static final class Export {
        @Option(
                names = "--model",
                paramLabel = "M",
                required = true,
                description = "A run (name or folder), a model folder or a model file.")
        private String model;

        @Option(
                names = "--format",
                paramLabel = "NAME",
                required = true,
                description = "hf, pth, safetensors, torchscript, onnx, or another of --list.")
        private String format;

        @Option(names = "--out", paramLabel = "PATH", required = true, description = "Folder or file to write.")
        private Path out;
    }

    @Option(
            names = "--images",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Images to compare features on; default: some of the run's training images.")
    private List<Path> images = new ArrayList<>();

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Side of the images that the export is made for; default: as the model wants.")
    private int size;

    @Option(names = "--fixed-size", description = "torchscript, onnx: take images of that size only.")
    private boolean fixedSize;

    @Option(names = "--attention", description = "torchscript, onnx: give the last block's attention too.")
    private boolean attention;

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name on its card.")
    private String name;

    @Option(names = "--licence", paramLabel = "SPDX", description = "The licence of the weights, such as cc-by-4.0.")
    private String licence = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "A paragraph for the card.")
    private String description = "";

    @Option(names = "--evaluation", paramLabel = "DIR", description = "An evaluation whose figures the card shows.")
    private Path evaluation;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        return what.list ? list() : export(what.export);
    }

    private int list() {
        ObjectNode machine = Json.object();
        ArrayNode formats = machine.putArray("formats");
        List<String> lines = new ArrayList<>();
        for (Exporter exporter : ExporterServices.find().all()) {
            lines.add(String.format("%-12s %s", exporter.format(), exporter.title()));
            formats.addObject()
                    .put("format", exporter.format())
                    .put("title", exporter.title())
                    .put("folder", exporter.writesFolder());
        }
        output.print(console, lines, machine);
        return 0;
    }

    private int export(Export export) throws IOException {
        if (size < 0) {
            throw new BadInputException("--size " + size, "a size is above 0", "give a multiple of the model's patch");
        }
        Exporter exporter = ExporterServices.find().of(export.format);
        Path source = RunPaths.of(export.model, workspaceOption);
        Optional<RunCard> run = RunCard.of(source);
        try (LoadedModel loaded = ModelFiles.open(source);
                Console.CommandMonitor monitor = console.monitor()) {
            ExportRequest request = new ExportRequest(
                    loaded.network(),
                    UsualTransform.of(loaded.config(), size),
                    export.out.toAbsolutePath().normalize(),
                    card(run, loaded),
                    new ExportOptions(attention, fixedSize),
                    images.isEmpty() && run.isPresent() ? run.get().images(CHECK_IMAGES) : images);
            return report(exporter.export(request, monitor));
        }
    }

    private ModelCard card(Optional<RunCard> run, LoadedModel loaded) throws IOException {
        Map<String, String> metrics = new LinkedHashMap<>();
        Map<String, String> data = new LinkedHashMap<>();
        Map<String, String> provenance = new LinkedHashMap<>();
        String usual = loaded.config().name();
        String spec = "";
        if (run.isPresent()) {
            usual = run.get().name();
            data.putAll(run.get().data());
            metrics.putAll(run.get().metrics());
            provenance.putAll(run.get().provenance());
            spec = run.get().spec();
        }
        // the card shows the shape by itself; a spec that travelled with the weights goes to its own place
        for (Map.Entry<String, String> fact : loaded.facts().entrySet()) {
            switch (fact.getKey()) {
                case "config", "format", "shape_from", "name", "licence" -> {}
                case "spec" -> spec = spec.isEmpty() ? fact.getValue() : spec;
                default -> provenance.putIfAbsent(fact.getKey(), fact.getValue());
            }
        }
        if (evaluation != null) {
            metrics.putAll(RunCard.evaluation(evaluation));
        }
        String carried = loaded.facts().getOrDefault("licence", "");
        return new ModelCard(
                name == null ? loaded.facts().getOrDefault("name", usual) : name,
                licence.isEmpty() ? carried : licence,
                description,
                data,
                metrics,
                provenance,
                spec);
    }

    private int report(ExportResult result) {
        boolean passed = result.check().passed();
        List<String> lines = new ArrayList<>();
        lines.add(passed ? "Wrote " + result.target() : "Wrote nothing: the features are not those of the model");
        lines.add(result.check().sentence());
        lines.addAll(result.notes());
        ObjectNode machine = Json.object()
                .put("target", result.target().toString())
                .put("largest_difference", result.check().largestDifference())
                .put("images", result.check().images())
                .put("real_images", result.check().realImages())
                .put("opened_by", result.check().openedBy())
                .put("passed", passed);
        ArrayNode files = machine.putArray("files");
        result.files().forEach(file -> files.add(file.toString()));
        output.print(console, lines, machine);
        return passed ? 0 : CliApplication.FAILURE;
    }
}
