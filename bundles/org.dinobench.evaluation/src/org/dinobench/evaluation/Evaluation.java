package org.dinobench.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.evaluation.data.CopySearch;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.ManifestSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.features.FeatureExtractor;
import org.dinobench.evaluation.features.PixelFeatures;
import org.dinobench.evaluation.features.UntrainedNetwork;
import org.dinobench.evaluation.internal.EvaluationFiles;
import org.dinobench.evaluation.internal.PatchStatistics;
import org.dinobench.evaluation.internal.SegmentationTask;
import org.dinobench.evaluation.knn.KnnEvaluation;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.evaluation.linear.FewShot;
import org.dinobench.evaluation.linear.LinearProbe;
import org.dinobench.evaluation.linear.LogisticEvaluation;
import org.dinobench.evaluation.linear.LogisticReport;
import org.dinobench.evaluation.linear.ProbeReport;
import org.dinobench.evaluation.retrieval.Retrieval;
import org.dinobench.evaluation.retrieval.RetrievalReport;
import org.dinobench.evaluation.statistics.FeatureStatistics;
import org.dinobench.model.VisionTransformer;
import org.dinobench.torch.Torch;

/**
 * Measures a frozen model on a set of images and writes a folder with {@code report.json}, {@code report.html},
 * {@code predictions.csv}, {@code provenance.json} and pictures.
 */
public final class Evaluation {
    private final EvaluationSpec spec;

    /** @param spec what is measured and how */
    public Evaluation(EvaluationSpec spec) {
        this.spec = spec;
        if (spec.tasks().contains(Task.SEGMENTATION) && spec.masks().isEmpty()) {
            throw new BadInputException(
                    "segmentation", "no masks are given", "name a folder of PNG masks with --masks");
        }
    }

    /**
     * Opens a model and a manifest and measures.
     *
     * @param model whatever {@link OpenedModel#open} opens
     * @param manifest {@code manifest.csv}, with labels where a task needs them
     * @param folder receives the files; made when it does not exist
     * @throws BadInputException when model, manifest or split cannot be used
     */
    public EvaluationResult run(Path model, Path manifest, Path folder, JobMonitor monitor) throws IOException {
        LabelledSet set = images(manifest, monitor);
        try (OpenedModel opened = OpenedModel.open(model, spec.transform().size())) {
            List<Provenance.Input> inputs =
                    List.of(Provenance.Input.of("model", opened.source()), Provenance.Input.of("manifest", manifest));
            return run(opened.model(), set, inputs, folder, monitor);
        }
    }

    /** The images of a manifest that the tasks can use: labelled ones when one of them needs labels. */
    private LabelledSet images(Path manifest, JobMonitor monitor) throws IOException {
        return spec.tasks().stream().anyMatch(Task::needsLabels)
                ? ManifestSet.read(manifest, monitor)
                : ManifestSet.readWithoutLabels(manifest, monitor);
    }

    /**
     * Measures an open model.
     *
     * @param inputs what the record of provenance names; may be empty
     */
    public EvaluationResult run(
            EvaluatedModel model, LabelledSet images, List<Provenance.Input> inputs, Path folder, JobMonitor monitor)
            throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("libtorch", Torch.version());
        Provenance provenance =
                Provenance.begin("evaluate", inputs, spec.toString(), OptionalLong.of(spec.seed()), versions);
        Map<String, Duration> timings = new LinkedHashMap<>();
        Optional<CopySearch.Finding> copies =
                spec.copies().map(search -> timed(timings, "Near-duplicates", () -> search.of(images, monitor)));
        LabelledSet joined =
                copies.map(found -> images.withCopies(found.pairs())).orElse(images);
        LabelledSet set = withEnough(joined);
        List<String> leftOut = images.classes().stream()
                .filter(name -> !set.classes().contains(name))
                .toList();
        Split split = split(set);
        LeakCheck.check(set, split, spec.leaks());
        Optional<SegmentationTask> segmentation = Optional.empty();
        if (spec.tasks().contains(Task.SEGMENTATION)) {
            // before anything that takes long, since masks can be wrong in many ways
            segmentation = Optional.of(SegmentationTask.of(spec, set, split, monitor));
        }
        Vectors vectors = vectors(model, set, split, timings, monitor);
        if (segmentation.isPresent()) {
            SegmentationTask task = segmentation.get();
            timed(timings, "Segmentation", () -> task.run(model, title(model, "patch tokens"), monitor));
        }
        EvaluationResult result = new EvaluationResult(
                model.name(),
                set,
                split,
                leftOut,
                vectors.knn,
                vectors.baselines,
                vectors.logistic,
                optional(Task.PROBE, timings, "Linear probe", () -> probe(model, set, split, monitor)),
                vectors.fewShot,
                vectors.retrieval,
                segmentation.map(SegmentationTask::report),
                segmentation.map(SegmentationTask::baselines).orElse(List.of()),
                copies,
                vectors.statistics,
                folder);
        Files.createDirectories(folder);
        new EvaluationFiles(spec, result, model.network(), segmentation, timings).write(provenance.ended(), monitor);
        return result;
    }

    private LabelledSet withEnough(LabelledSet set) {
        if (set.isLabelled() && spec.leaveOutRare()) {
            return set.withoutRareClasses(spec.minimumPerClass());
        }
        set.requireUnits(spec.minimumPerClass());
        return set;
    }

    /** What is measured on one vector an image. */
    private static final class Vectors {
        private Optional<KnnReport> knn = Optional.empty();
        private final List<KnnReport> baselines = new ArrayList<>();
        private Optional<LogisticReport> logistic = Optional.empty();
        private List<FewShot.Point> fewShot = List.of();
        private Optional<RetrievalReport> retrieval = Optional.empty();
        private final Map<String, FeatureStatistics> statistics = new LinkedHashMap<>();
    }

    private Vectors vectors(
            EvaluatedModel model, LabelledSet set, Split split, Map<String, Duration> timings, JobMonitor monitor) {
        Vectors found = new Vectors();
        if (spec.tasks().stream().noneMatch(Task::needsVectors)) {
            return found;
        }
        String title = title(model, words(model));
        FeatureMatrix features = timed(timings, "Features", () -> extract(model, set, monitor));
        if (spec.tasks().contains(Task.KNN)) {
            KnnEvaluation evaluation = new KnnEvaluation(set, split, spec.knn(), spec.leaks());
            found.knn = Optional.of(
                    timed(timings, "Nearest neighbours", () -> evaluation.evaluate(title, features, monitor)));
            if (spec.baselines()) {
                timed(timings, "Baselines", () -> found.baselines.addAll(baselines(evaluation, model, set, monitor)));
            }
        }
        found.logistic = optional(Task.LINEAR, timings, "Logistic regression", () -> new LogisticEvaluation(
                        set, split, spec.logistic(), spec.leaks())
                .evaluate(title, features, monitor));
        found.fewShot = optional(Task.FEWSHOT, timings, "Few-shot curve", () -> FewShot.usual(spec.seed())
                        .curve(set, split, features, monitor))
                .orElse(List.of());
        found.retrieval = optional(Task.RETRIEVAL, timings, "Retrieval", () -> Retrieval.usual()
                .measure(title, set, split, features, monitor));
        if (spec.tasks().contains(Task.STATISTICS)) {
            found.statistics.put(
                    words(model), timed(timings, "Statistics", () -> FeatureStatistics.of(features, monitor)));
            if (!model.isBlackBox()) {
                found.statistics.put(
                        PatchStatistics.NAME, timed(timings, "Patch statistics", () -> new PatchStatistics(spec)
                                .of(model.network(), set, monitor)));
            }
        }
        return found;
    }

    private Split split(LabelledSet set) {
        boolean marked = set.images().stream().noneMatch(image -> image.split().isEmpty());
        boolean given = spec.split() == EvaluationSpec.SplitRule.GIVEN
                || spec.split() == EvaluationSpec.SplitRule.AUTO && marked;
        return given ? Split.given(set) : Split.grouped(set, spec.testFraction(), spec.seed());
    }

    private FeatureMatrix extract(EvaluatedModel model, LabelledSet set, JobMonitor monitor) {
        return extractor(model).withViews(spec.views()).extract(set, spec.features(), monitor);
    }

    private FeatureExtractor extractor(EvaluatedModel model) {
        return FeatureExtractor.of(model, spec.transform(), spec.batchSize(), spec.workers());
    }

    private List<KnnReport> baselines(
            KnnEvaluation evaluation, EvaluatedModel model, LabelledSet set, JobMonitor monitor) {
        PixelFeatures pixels = new PixelFeatures(16);
        List<KnnReport> reports = new ArrayList<>();
        reports.add(evaluation.evaluate(pixels.words(), pixels.extract(set, monitor), monitor));
        if (model.isBlackBox()) {
            return reports;
        }
        try (UntrainedNetwork untrained = new UntrainedNetwork(model.network().config(), spec.seed())) {
            reports.add(evaluation.evaluate(
                    "untrained network, " + spec.features().words()
                            + spec.views().words(),
                    extract(new EvaluatedModel("untrained network", untrained.network()), set, monitor),
                    monitor));
        }
        return reports;
    }

    private ProbeReport probe(EvaluatedModel model, LabelledSet set, Split split, JobMonitor monitor) {
        VisionTransformer network = model.backbone("the linear probe over blocks");
        int most =
                spec.probe().blocks().stream().mapToInt(Integer::intValue).max().orElse(1);
        int blocks = Math.min(most, network.config().depth());
        FeatureMatrix tokens = extractor(model).extractLastBlocks(set, blocks, monitor);
        return new LinearProbe(set, split, spec.probe(), spec.leaks())
                .evaluate(tokens, network.config().width(), monitor);
    }

    private String words(EvaluatedModel model) {
        return model.isBlackBox()
                ? "its vector"
                : spec.features().words() + spec.views().words();
    }

    private static String title(EvaluatedModel model, String features) {
        Path name = Path.of(model.name()).getFileName();
        return (name == null ? model.name() : name.toString()) + ", " + features;
    }

    private <T> Optional<T> optional(Task task, Map<String, Duration> timings, String part, Supplier<T> work) {
        return spec.tasks().contains(task) ? Optional.of(timed(timings, part, work)) : Optional.empty();
    }

    private static <T> T timed(Map<String, Duration> timings, String part, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        timings.put(part, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }
}
