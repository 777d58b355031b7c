package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dinobench.core.catalog.Manifest;
import org.dinobench.core.catalog.ManifestEntry;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.spec.SpecResult;
import org.dinobench.core.spec.train.Resolution;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.trainer.LabelledImage;
import org.dinobench.trainer.Pretraining;
import org.dinobench.trainer.TrainingResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: pre-trains on the kept images of a dataset or manifest, or goes on with a run. */
@Command(name = "train", description = "Pre-train a vision transformer without labels, or go on with a run (--resume).")
final class TrainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @ArgGroup
    private Images images;

    /** Which images to train on. */
    static final class Images {
        @Option(names = "--dataset", paramLabel = "NAME", description = "The kept images of a dataset.")
        private String dataset;

        @Option(names = "--manifest", paramLabel = "FILE", description = "The kept images of a manifest (CSV).")
        private Path manifest;
    }

    @Option(names = "--spec", paramLabel = "FILE", description = "A training spec as YAML; official ones are read too.")
    private Path spec;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "quick, lesion_small, vitl16_short, vitl14, vitg14 or distill.")
    private String preset;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the spec, such as optim.lr=0.0005.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "RUN",
            required = true,
            description = "The run: a name in the workspace, or a folder.")
    private String out;

    @Option(names = "--resume", description = "Go on with the run from its newest checkpoint.")
    private boolean resume;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path manifest = manifest();
        List<ManifestEntry> kept =
                Manifest.read(manifest).stream().filter(ManifestEntry::keep).toList();
        Path folder = RunPaths.of(out, workspaceOption);
        RunDirectory run = resume ? RunDirectory.open(folder) : created(folder, kept.size());
        List<Path> files = kept.stream().map(entry -> entry.file(manifest)).toList();
        List<LabelledImage> labelled = kept.stream()
                .filter(entry -> !entry.label().isEmpty())
                .map(entry -> new LabelledImage(entry.file(manifest), entry.label(), entry.group(), entry.split()))
                .toList();
        TrainingResult result;
        try (Console.CommandMonitor monitor = console.monitor()) {
            result = new Pretraining()
                    .run(
                            new Pretraining.Job(
                                    run.readSpec(),
                                    files,
                                    labelled.stream()
                                                            .map(LabelledImage::label)
                                                            .distinct()
                                                            .count()
                                                    < 2
                                            ? List.of()
                                            : labelled,
                                    run,
                                    List.of(Provenance.Input.of("manifest", manifest))),
                            monitor);
        }
        if (!result.finished()) {
            throw new StoppedException("Stopped after step " + result.steps()
                    + "; go on with: ./dinobench train --resume" + " --out \"" + out + "\"");
        }
        print(run, result);
        return 0;
    }

    private Path manifest() {
        if (images != null && images.manifest != null) {
            return images.manifest.toAbsolutePath();
        }
        if (images != null) {
            Path file =
                    workspaceOption.open().dataset(images.dataset).required().manifestCsv();
            if (!Files.isRegularFile(file)) {
                throw new BadInputException(
                        "dataset " + images.dataset, "it has no manifest yet", "import or curate it first");
            }
            return file;
        }
        if (resume) {
            return manifestOfRun();
        }
        throw new BadInputException(
                "train", "there are no images to train on", "give --dataset NAME or --manifest FILE");
    }

    private Path manifestOfRun() {
        RunDirectory run = RunDirectory.open(RunPaths.of(out, workspaceOption));
        return Provenance.read(run.provenanceFile()).inputs().stream()
                .filter(input -> input.name().equals("manifest"))
                .map(input -> Path.of(input.path()))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        "run " + run.name(),
                        "the manifest that it was started with is no longer there",
                        "give --dataset NAME or --manifest FILE"));
    }

    private RunDirectory created(Path folder, int imageCount) throws IOException {
        if (spec == null && preset == null) {
            throw new BadInputException("train", "there is no spec", "give --preset quick, or --spec FILE");
        }
        SpecResult<TrainSpec> read =
                TrainSpecs.load(Optional.ofNullable(preset), Optional.ofNullable(spec), assignments);
        read.ignored().forEach(key -> console.remark("not used: " + key));
        Resolution resolution = TrainSpecResolver.resolve(
                read.spec(), imageCount, Runtime.getRuntime().availableProcessors());
        resolution.notes().forEach(console::remark);
        Files.createDirectories(folder.getParent());
        return RunDirectory.create(folder, resolution.spec());
    }

    private void print(RunDirectory run, TrainingResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d steps, %d images in %.1f min (%.1f images/s)",
                run.name(),
                result.steps(),
                result.images(),
                result.seconds() / 60,
                result.images() / result.seconds()));
        result.knnAccuracy()
                .ifPresent(accuracy -> lines.add(String.format(Locale.ROOT, "k-NN accuracy %.1f %%", 100 * accuracy)));
        lines.add("model: " + result.export());
        ObjectNode node = Json.object();
        node.put("run", run.folder().toString()).put("steps", result.steps()).put("images", result.images());
        node.put("seconds", result.seconds()).put("model", String.valueOf(result.export()));
        result.knnAccuracy().ifPresent(value -> node.put("knn_accuracy", value));
        result.knnBalancedAccuracy().ifPresent(value -> node.put("knn_balanced_accuracy", value));
        output.print(console, lines, node);
    }
}
