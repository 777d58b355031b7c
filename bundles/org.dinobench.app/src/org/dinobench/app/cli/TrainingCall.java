package org.dinobench.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dinobench.cluster.remote.RemoteRecord;
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
import org.dinobench.trainer.FreeMemory;
import org.dinobench.trainer.LabelledImage;
import org.dinobench.trainer.MemoryFit;
import org.dinobench.trainer.Pretraining;
import org.dinobench.trainer.TrainingPlan;
import org.dinobench.trainer.TrainingResult;
import org.dinobench.trainer.shard.RankGroups;

/** What {@code train} and {@code distill} do once their options are known: a new run, or one gone on with. */
final class TrainingCall {
    private static final String WEIGHTS = "student.pretrained_weights";
    private static final String TEACHER = "distill.teacher";

    private final Console console;
    private final ResultOutput output;
    private final WorkspaceOption workspace;
    private final TrainingOptions options;
    private final Pretraining pretraining = new Pretraining(LossServices.find());

    TrainingCall(Console console, ResultOutput output, WorkspaceOption workspace, TrainingOptions options) {
        this.console = console;
        this.output = output;
        this.workspace = workspace;
        this.options = options;
    }

    /**
     * Trains and prints the result.
     *
     * @param command name for the advice how to go on
     * @param preset to start from; may be null
     * @param assignments over preset and file
     * @return the exit code
     */
    int run(String command, String preset, List<String> assignments) throws IOException {
        Path manifest = manifest();
        List<ManifestEntry> kept =
                Manifest.read(manifest).stream().filter(ManifestEntry::keep).toList();
        Path folder = RunPaths.of(options.out(), workspace);
        Makes made = () ->
                options.resume() ? resumed(folder, kept.size()) : created(folder, preset, assignments, kept.size());
        RankedTraining ranked = new RankedTraining(options, command, output.isJson());
        if (options.dryRun()) {
            TrainSpec spec = options.resume()
                    ? ResumeChanges.apply(RunDirectory.open(folder).readSpec(), options.assignments())
                    : resolved(preset, assignments, kept.size());
            print(planned(spec, kept.size()));
            return 0;
        }
        if (ranked.isRank()) {
            return ranked.take(
                    console,
                    made,
                    folder,
                    (run, groups, shown) -> train(command, job(run, kept, manifest), groups, shown));
        }
        RunDirectory run = made.run();
        if (options.elsewhere()) {
            return new RemoteTraining(console, output)
                    .start(options.profile(), run, command, manifest, options.detach());
        }
        return options.ranks() > 1
                ? ranked.launch(console, run, manifest)
                : train(command, job(run, kept, manifest), RankGroups.alone(), console);
    }

    /** Makes or opens the run. */
    @FunctionalInterface
    interface Makes {
        /** The run. */
        RunDirectory run() throws IOException;
    }

    private static Pretraining.Job job(RunDirectory run, List<ManifestEntry> kept, Path manifest) throws IOException {
        return new Pretraining.Job(
                run.readSpec(),
                kept.stream().map(entry -> entry.file(manifest)).toList(),
                labelled(kept, manifest),
                run,
                List.of(Provenance.Input.of("manifest", manifest)));
    }

    private int train(String command, Pretraining.Job job, RankGroups groups, Console shown) throws IOException {
        TrainingResult result;
        try (Console.CommandMonitor monitor = shown.monitor()) {
            result = pretraining.run(job, monitor, groups);
        }
        if (!result.finished()) {
            throw new StoppedException("Stopped after step " + result.steps() + "; go on with: ./dinobench " + command
                    + " --resume --out \"" + options.out() + "\"");
        }
        print(shown, job.run(), result);
        return 0;
    }

    private static List<LabelledImage> labelled(List<ManifestEntry> kept, Path manifest) {
        List<LabelledImage> labelled = kept.stream()
                .filter(entry -> !entry.label().isEmpty())
                .map(entry -> new LabelledImage(entry.file(manifest), entry.label(), entry.group(), entry.split()))
                .toList();
        boolean several = labelled.stream().map(LabelledImage::label).distinct().count() > 1;
        return several ? labelled : List.of();
    }

    private Path manifest() {
        if (options.manifest() != null) {
            return options.manifest().toAbsolutePath();
        }
        if (options.hasImages()) {
            Path file = workspace.open().dataset(options.dataset()).required().manifestCsv();
            if (!Files.isRegularFile(file)) {
                throw new BadInputException(
                        "dataset " + options.dataset(), "it has no manifest yet", "import or curate it first");
            }
            return file;
        }
        if (options.resume()) {
            return manifestOfRun();
        }
        throw new BadInputException(
                "--dataset", "there are no images to train on", "give --dataset NAME or --manifest FILE");
    }

    private Path manifestOfRun() {
        RunDirectory run = RunDirectory.open(RunPaths.of(options.out(), workspace));
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

    private RunDirectory created(Path folder, String preset, List<String> assignments, int images) throws IOException {
        TrainSpec spec = resolved(preset, assignments, images);
        requireMemory(spec, images);
        Files.createDirectories(folder.getParent());
        return RunDirectory.create(folder, spec);
    }

    /** A run to go on with, with the person's changes in its spec. */
    private RunDirectory resumed(Path folder, int images) throws IOException {
        RunDirectory run = RunDirectory.open(folder);
        if (!options.elsewhere() && RemoteRecord.isRemote(run)) {
            RemoteRecord record = RemoteRecord.read(run);
            // a job of a queue works in this very folder
            if (!Path.of(record.folder()).equals(run.folder())) {
                throw new BadInputException(
                        "run " + run.name(),
                        "its checkpoints are on " + record.head(),
                        "go on there with --resume --profile " + record.profile());
            }
        }
        if (options.assignments().isEmpty()) {
            return run;
        }
        TrainSpec spec = ResumeChanges.apply(run.readSpec(), options.assignments());
        pretraining.check(spec, run.specFile().toString());
        requireMemory(spec, images);
        run.writeSpec(spec);
        return run;
    }

    /** The memory of this machine, unless others compute the run. */
    private void requireMemory(TrainSpec spec, int images) {
        if (options.elsewhere()) {
            return;
        }
        MemoryFit fit = MemoryFit.of(spec, images, RankedTraining.here(options), FreeMemory.bytes());
        console.remark("This run " + fit.sentence());
        if (!options.force()) {
            fit.require();
        }
    }

    private TrainingPlan planned(TrainSpec spec, int images) {
        MemoryFit fit = MemoryFit.of(spec, images, RankedTraining.here(options), FreeMemory.bytes());
        try (Console.CommandMonitor monitor = console.monitor()) {
            return TrainingPlan.of(spec, fit, true, monitor);
        }
    }

    private TrainSpec resolved(String preset, List<String> assignments, int images) throws IOException {
        Path file = options.spec();
        if (file == null && preset == null) {
            throw new BadInputException("--spec", "there is no spec", "give --preset quick, or --spec FILE");
        }
        SpecResult<TrainSpec> read =
                TrainSpecs.load(Optional.ofNullable(preset), Optional.ofNullable(file), assignments);
        read.ignored().forEach(key -> console.remark("not used: " + key));
        TrainSpec located = located(located(read.spec(), WEIGHTS), TEACHER);
        Resolution resolution = TrainSpecResolver.resolve(
                located, images, RankedTraining.cores(options), RankedTraining.ranks(options));
        pretraining.check(resolution.spec(), file == null ? preset : file.toString());
        resolution.notes().forEach(console::remark);
        return resolution.spec();
    }

    /** The spec with a model's place written out in full, so that the run can be resumed from anywhere. */
    private TrainSpec located(TrainSpec spec, String key) {
        Optional<String> named = key.equals(WEIGHTS)
                ? spec.student().pretrainedWeights()
                : spec.distill().teacher();
        if (named.isEmpty()) {
            return spec;
        }
        Path place = model(key, named.get());
        return TrainSpecs.reader().set(spec, assignment(key, place));
    }

    /** The place of a model, named by a path or by its run in the workspace. */
    Path model(String key, String named) {
        Path direct = Path.of(named).toAbsolutePath().normalize();
        Path place = Files.exists(direct) ? direct : RunPaths.of(named, workspace);
        if (!Files.exists(place)) {
            throw new BadInputException(
                    key, "there is no run, folder or file " + named, "name a run in the workspace, or a path");
        }
        return place;
    }

    /** An assignment whose value is a path, quoted as YAML wants it. */
    static String assignment(String key, Path place) {
        return key + "=" + TextNode.valueOf(place.toString());
    }

    private void print(TrainingPlan plan) {
        MemoryFit memory = plan.memory();
        List<String> lines = new ArrayList<>();
        lines.add("memory: " + memory.sentence());
        if (!memory.fits()) {
            lines.add("it does not fit: " + memory.repair());
        }
        plan.minutes()
                .ifPresentOrElse(
                        minutes -> lines.add(String.format(
                                Locale.ROOT,
                                "steps: as many as fit into %.0f minutes, at most %d",
                                minutes,
                                plan.steps())),
                        () -> lines.add("steps: " + plan.steps()));
        lines.add(
                plan.secondsPerStep().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "time of a step: about %.2f s",
                                plan.secondsPerStep().getAsDouble())
                        : "time of a step: unknown");
        plan.seconds()
                .ifPresent(seconds -> lines.add(String.format(Locale.ROOT, "time: about %.0f min", seconds / 60)));
        lines.add(String.format(
                Locale.ROOT,
                "disk: at most %d checkpoints of %.0f MiB",
                plan.checkpoints(),
                plan.checkpointBytes() / 1048576.0));
        ObjectNode node = Json.object();
        node.put("dry_run", true)
                .put("memory_bytes", memory.ranks() * memory.estimate().bytes());
        node.put("fits", memory.fits()).put("steps", plan.steps());
        memory.free().ifPresent(bytes -> node.put("free_bytes", bytes));
        plan.secondsPerStep().ifPresent(seconds -> node.put("step_s", seconds));
        plan.seconds().ifPresent(seconds -> node.put("seconds", seconds));
        node.put("checkpoint_bytes", plan.checkpointBytes()).put("checkpoints", plan.checkpoints());
        output.print(console, lines, node);
    }

    private void print(Console shown, RunDirectory run, TrainingResult result) {
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
        node.put("broken_images", result.brokenImages());
        result.knnAccuracy().ifPresent(value -> node.put("knn_accuracy", value));
        result.knnBalancedAccuracy().ifPresent(value -> node.put("knn_balanced_accuracy", value));
        output.print(shown, lines, node);
    }
}
