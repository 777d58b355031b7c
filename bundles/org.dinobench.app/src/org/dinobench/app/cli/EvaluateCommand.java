package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.Evaluation;
import org.dinobench.evaluation.EvaluationResult;
import org.dinobench.evaluation.EvaluationSpec;
import org.dinobench.evaluation.OpenedModel;
import org.dinobench.evaluation.Task;
import org.dinobench.evaluation.compare.Comparison;
import org.dinobench.evaluation.compare.ComparisonReport;
import org.dinobench.evaluation.compare.ComparisonSpec;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.features.Views;
import org.dinobench.evaluation.knn.FeatureScaling;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.evaluation.knn.KnnSpec;
import org.dinobench.evaluation.metrics.Classification;
import org.dinobench.evaluation.segmentation.MaskClass;
import org.dinobench.evaluation.segmentation.MaskSource;
import org.dinobench.evaluation.segmentation.SegmentationReport;
import org.dinobench.imaging.augment.EvalTransform;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: measures a frozen model, or several side by side, and writes a report. */
@Command(
        name = "evaluate",
        description = "Measure a frozen model on images and write a report. With several --model, or with --folds, a"
                + " table of models, raw pixels and an untrained network side by side, with the paired differences.")
final class EvaluateCommand implements Callable<Integer> {
    private static final int SMALL_SET = 10_000;

    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(
            names = "--model",
            paramLabel = "M",
            required = true,
            description = "A run, a model folder or file; several to compare them. NAME=M names it in the table.")
    private List<String> models;

    @ArgGroup(multiplicity = "1")
    private Images images;

    /** The images. */
    static final class Images {
        @Option(names = "--dataset", paramLabel = "NAME", description = "A dataset with a manifest.")
        private String dataset;

        @Option(names = "--manifest", paramLabel = "FILE", description = "A manifest (CSV).")
        private Path manifest;
    }

    @Option(
            names = "--task",
            paramLabel = "NAMES",
            split = ",",
            defaultValue = "knn,linear,statistics,pictures",
            description = "knn, linear, probe, fewshot, retrieval, segmentation, statistics, pictures; default:"
                    + " ${DEFAULT-VALUE}.")
    private List<String> tasks;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A name in the workspace, or a folder.")
    private String out;

    @Option(
            names = "--masks",
            paramLabel = "DIR",
            description = "PNG masks for segmentation, of the same names as the images.")
    private Path masks;

    @Option(
            names = "--ignore",
            paramLabel = "VALUES",
            split = ",",
            description = "Mask values that do not count, such as 255 or #ffffff.")
    private List<String> ignored = new ArrayList<>();

    @Option(names = "--k", paramLabel = "N", split = ",", description = "Numbers of neighbours; the first is detailed.")
    private List<Integer> k = new ArrayList<>();

    @Option(names = "--size", paramLabel = "PIXELS", description = "Side of the input; default: as the model wants.")
    private int size;

    @Option(
            names = "--views",
            paramLabel = "N",
            defaultValue = "1",
            description = "8: vectors are means over all turns and mirrorings of an image; for k-NN, linear, few-shot,"
                    + " retrieval. Default: ${DEFAULT-VALUE}.")
    private int views;

    @Option(
            names = "--whiten",
            description = "Nearest neighbours in whitened features: all directions count about the same.")
    private boolean whiten;

    @Option(
            names = "--folds",
            paramLabel = "N",
            description =
                    "Compare by N grouped folds (1: a single split, 0: the given one); default of comparisons: 5.")
    private Integer folds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of split and sampling.")
    private long seed;

    @Option(names = "--grouped", description = "Split 80/20 by near-duplicate groups, even where a split is given.")
    private boolean grouped;

    @Option(names = "--mark-leaks", description = "Go on when copies stand on both sides of a given split, and say so.")
    private boolean markLeaks;

    @Option(
            names = "--trust-groups",
            description = "Do not look for near-duplicates; the manifest's groups and equal files count alone.")
    private boolean trustGroups;

    @Option(
            names = "--leave-out-rare",
            description = "Leave out classes with a single image or group of copies, and say so, instead of refusing.")
    private boolean leaveOutRare;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path manifest = Manifests.required(images.manifest, images.dataset, workspaceOption);
        Path folder = Path.of(out).getNameCount() > 1 || Path.of(out).isAbsolute()
                ? Path.of(out).toAbsolutePath()
                : workspaceOption.folder().resolve("evaluations").resolve(out);
        if (models.size() > 1 || folds != null) {
            compare(manifest, folder);
        } else {
            evaluate(manifest, folder);
        }
        return 0;
    }

    private void evaluate(Path manifest, Path folder) throws IOException {
        Set<Task> wanted = new LinkedHashSet<>();
        tasks.forEach(name -> wanted.add(Task.named(name)));
        Path source = RunPaths.of(models.get(0), workspaceOption);
        boolean small = Files.size(manifest) < SMALL_SET * 100L;
        EvaluationSpec spec = EvaluationSpec.usual(wanted, transform(source), small, seed);
        spec = grouped ? spec.withSplit(EvaluationSpec.SplitRule.GROUPED) : spec;
        spec = markLeaks ? spec.withLeaks(LeakCheck.Policy.MARK) : spec;
        spec = trustGroups ? spec.trustingGroups() : spec;
        spec = leaveOutRare ? spec.leavingOutRare() : spec;
        spec = spec.withViews(views()).withKnn(neighbours(spec.knn()));
        if (masks != null) {
            Set<Integer> values = new LinkedHashSet<>();
            ignored.forEach(text -> values.add(MaskClass.colour("--ignore", text)));
            spec = spec.withMasks(new MaskSource(masks.toAbsolutePath(), values));
        }
        EvaluationResult result;
        try (Console.CommandMonitor monitor = console.monitor()) {
            result = new Evaluation(spec).run(source, manifest, folder, monitor);
        }
        output.print(console, lines(result), json(result));
    }

    private Views views() {
        return Arrays.stream(Views.values())
                .filter(choice -> choice.count() == views)
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        "--views " + views, "images are looked at once or in eight ways", "give 1 or 8"));
    }

    private KnnSpec neighbours(KnnSpec preset) {
        KnnSpec usual = whiten ? preset.withScaling(FeatureScaling.WHITENED) : preset;
        if (k.isEmpty()) {
            return usual;
        }
        return new KnnSpec(
                k.stream().sorted().distinct().toList(),
                k.get(0),
                usual.temperature(),
                usual.scaling(),
                usual.voting(),
                usual.resamples(),
                usual.seed());
    }

    private EvalTransform transform(Path source) throws IOException {
        if (size < 0) {
            throw new BadInputException("--size " + size, "a size is above 0", "give a multiple of the model's patch");
        }
        try (OpenedModel opened = OpenedModel.open(source, size)) {
            return opened.transform();
        }
    }

    private void compare(Path manifest, Path folder) throws IOException {
        Map<String, Path> named = new LinkedHashMap<>();
        for (String text : models) {
            int sign = text.indexOf('=');
            boolean hasName = sign > 0 && !Files.exists(RunPaths.of(text, workspaceOption));
            String name = hasName ? text.substring(0, sign) : text;
            if (named.put(name, RunPaths.of(hasName ? text.substring(sign + 1) : text, workspaceOption)) != null) {
                throw new BadInputException("--model " + text, "it is named twice", "name every model once");
            }
        }
        if (size < 0) {
            throw new BadInputException("--size " + size, "a size is above 0", "give a multiple of the model's patch");
        }
        ComparisonSpec spec = ComparisonSpec.usual(folds == null ? 5 : folds, seed);
        spec = spec.with(views(), size, neighbours(spec.knn()));
        spec = markLeaks ? spec.withLeaks(LeakCheck.Policy.MARK) : spec;
        spec = trustGroups ? spec.trustingGroups() : spec;
        spec = leaveOutRare ? spec.leavingOutRare() : spec;
        ComparisonReport report;
        try (Console.CommandMonitor monitor = console.monitor()) {
            report = new Comparison(spec).run(named, manifest, folder, monitor);
        }
        List<String> lines = new ArrayList<>();
        lines.add(report.images() + " images in " + report.classes().size() + " classes; " + report.split());
        ObjectNode node = Json.object().put("folder", folder.toString()).put("images", report.images());
        for (ComparisonReport.Row row : report.rows()) {
            lines.add(line(
                    row.name() + ", k-NN",
                    row.knn().accuracy().percent(),
                    row.knn().balancedAccuracy().percent()));
            lines.add(line(
                    row.name() + ", linear",
                    row.linear().accuracy().percent(),
                    row.linear().balancedAccuracy().percent()));
            node.withArray("rows")
                    .addObject()
                    .put("name", row.name())
                    .put("knn_accuracy", row.knn().accuracy().value())
                    .put("knn_balanced_accuracy", row.knn().balancedAccuracy().value())
                    .put("linear_accuracy", row.linear().accuracy().value())
                    .put(
                            "linear_balanced_accuracy",
                            row.linear().balancedAccuracy().value());
        }
        lines.add("report: " + folder.resolve("comparison.html"));
        output.print(console, lines, node);
    }

    private static List<String> lines(EvaluationResult result) {
        List<String> lines = new ArrayList<>();
        String classes =
                result.set().isLabelled() ? " in " + result.set().classes().size() + " classes" : "";
        lines.add(result.set().size() + " images" + classes + "; "
                + result.split().description());
        result.knn().ifPresent(report -> lines.add(line("k-NN, k = " + report.detailsK(), report.details())));
        result.baselines().forEach(report -> lines.add(line("  " + report.features(), report.details())));
        result.logistic().ifPresent(report -> lines.add(line("logistic regression", report.details())));
        result.probe().ifPresent(report -> lines.add(line("linear probe", report.details())));
        result.segmentation().ifPresent(report -> lines.add(line("segmentation", report)));
        result.segmentationBaselines().forEach(report -> lines.add(line("  " + report.features(), report)));
        lines.add("report: " + result.folder().resolve("report.html"));
        return lines;
    }

    private static String line(String name, Classification details) {
        return line(
                name, details.accuracy().percent(), details.balancedAccuracy().percent());
    }

    private static String line(String name, String accuracy, String balanced) {
        return String.format(Locale.ROOT, "%-44s accuracy %s, balanced %s", name, accuracy, balanced);
    }

    private static String line(String name, SegmentationReport report) {
        return String.format(
                Locale.ROOT,
                "%-44s mean IoU %s, mean Dice %s",
                name,
                report.meanIou().percent(),
                report.meanDice().percent());
    }

    private static ObjectNode json(EvaluationResult result) {
        ObjectNode node = Json.object();
        node.put("folder", result.folder().toString())
                .put("images", result.set().size());
        result.knn().map(KnnReport::details).ifPresent(details -> put(node, "knn", details));
        result.logistic().ifPresent(report -> put(node, "linear", report.details()));
        result.probe().ifPresent(report -> put(node, "probe", report.details()));
        result.segmentation()
                .ifPresent(report -> node.put("mean_iou", report.meanIou().value())
                        .put("mean_dice", report.meanDice().value()));
        return node;
    }

    private static void put(ObjectNode node, String classifier, Classification details) {
        node.put(classifier + "_accuracy", details.accuracy().value());
        node.put(classifier + "_balanced_accuracy", details.balancedAccuracy().value());
    }
}
