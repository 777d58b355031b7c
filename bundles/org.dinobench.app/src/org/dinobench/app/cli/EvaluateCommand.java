package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.Evaluation;
import org.dinobench.evaluation.EvaluationResult;
import org.dinobench.evaluation.EvaluationSpec;
import org.dinobench.evaluation.Task;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: measures a frozen model on labelled images and writes a report. */
@Command(name = "evaluate", description = "Measure a frozen model on labelled images and write a report.")
final class EvaluateCommand implements Callable<Integer> {
    private static final int SMALL_SET = 10_000;

    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Option(names = "--model", paramLabel = "M", required = true, description = "A run, a model folder or file.")
    private String model;

    @ArgGroup(multiplicity = "1")
    private Images images;

    /** The labelled images. */
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
            description = "knn, linear, probe, fewshot, retrieval, statistics, pictures; default: ${DEFAULT-VALUE}.")
    private List<String> tasks;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A name in the workspace, or a folder.")
    private String out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of split and sampling.")
    private long seed;

    @Option(names = "--grouped", description = "Split 80/20 by near-duplicate groups, even where a split is given.")
    private boolean grouped;

    @Option(names = "--mark-leaks", description = "Go on when copies stand on both sides of a given split, and say so.")
    private boolean markLeaks;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Set<Task> wanted = new LinkedHashSet<>();
        tasks.forEach(name -> wanted.add(Task.named(name)));
        Path manifest = manifest();
        Path source = RunPaths.of(model, workspaceOption);
        Path folder = Path.of(out).getNameCount() > 1 || Path.of(out).isAbsolute()
                ? Path.of(out).toAbsolutePath()
                : workspaceOption.folder().resolve("evaluations").resolve(out);
        boolean small = Files.size(manifest) < SMALL_SET * 100L;
        EvaluationSpec spec = EvaluationSpec.usual(wanted, transform(source), small, seed);
        spec = grouped ? spec.withSplit(EvaluationSpec.SplitRule.GROUPED) : spec;
        spec = markLeaks ? spec.withLeaks(LeakCheck.Policy.MARK) : spec;
        EvaluationResult result;
        try (Console.CommandMonitor monitor = console.monitor()) {
            result = new Evaluation(spec).run(source, manifest, folder, monitor);
        }
        output.print(console, lines(result), json(result));
        return 0;
    }

    private static EvalTransform transform(Path source) throws IOException {
        try (LoadedModel loaded = ModelFiles.open(source)) {
            int size = loaded.config().imageSize();
            return size == EvalTransform.DINOV2.size() ? EvalTransform.DINOV2 : EvalTransform.squash(size);
        }
    }

    private Path manifest() {
        Path file = images.manifest != null
                ? images.manifest.toAbsolutePath()
                : workspaceOption.open().dataset(images.dataset).required().manifestCsv();
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(
                    file.toString(), "there is no such manifest", "import or curate a dataset first");
        }
        return file;
    }

    private static List<String> lines(EvaluationResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.set().size() + " images in " + result.set().classes().size() + " classes; "
                + result.split().description());
        result.knn().ifPresent(report -> lines.add(line("k-NN, k = " + report.detailsK(), report)));
        result.baselines().forEach(report -> lines.add(line("  " + report.features(), report)));
        lines.add("report: " + result.folder().resolve("report.html"));
        return lines;
    }

    private static String line(String name, KnnReport report) {
        return String.format(
                Locale.ROOT,
                "%-44s accuracy %s, balanced %s",
                name,
                report.details().accuracy().percent(),
                report.details().balancedAccuracy().percent());
    }

    private static ObjectNode json(EvaluationResult result) {
        ObjectNode node = Json.object();
        node.put("folder", result.folder().toString())
                .put("images", result.set().size());
        result.knn().ifPresent(report -> node.put(
                        "knn_accuracy", report.details().accuracy().value())
                .put(
                        "knn_balanced_accuracy",
                        report.details().balancedAccuracy().value()));
        return node;
    }
}
