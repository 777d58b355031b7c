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
import org.dinobench.core.provenance.Provenance;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.ManifestSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.features.FeatureExtractor;
import org.dinobench.evaluation.features.PixelFeatures;
import org.dinobench.evaluation.features.UntrainedNetwork;
import org.dinobench.evaluation.internal.EvaluationFiles;
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
 * Measures a frozen model on a labelled set and writes a folder with {@code report.json}, {@code report.html},
 * {@code predictions.csv}, {@code provenance.json} and pictures.
 */
public final class Evaluation {
    private final EvaluationSpec spec;

    /** @param spec what is measured and how */
    public Evaluation(EvaluationSpec spec) {
        this.spec = spec;
    }

    /**
     * Opens a model and a manifest and measures.
     *
     * @param model whatever {@link OpenedModel#open} opens
     * @param manifest {@code manifest.csv} with labels
     * @param folder receives the files; made when it does not exist
     * @throws org.dinobench.core.problem.BadInputException when model, manifest or split cannot be used
     */
    public EvaluationResult run(Path model, Path manifest, Path folder, JobMonitor monitor) throws IOException {
        LabelledSet set = ManifestSet.read(manifest, monitor);
        try (OpenedModel opened = OpenedModel.open(model, spec.transform().size())) {
            List<Provenance.Input> inputs =
                    List.of(Provenance.Input.of("model", opened.source()), Provenance.Input.of("manifest", manifest));
            return run(opened.model(), set, inputs, folder, monitor);
        }
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
        LabelledSet set = images.withoutRareClasses(spec.minimumPerClass());
        List<String> leftOut = images.classes().stream()
                .filter(name -> !set.classes().contains(name))
                .toList();
        Split split = split(set);
        LeakCheck.check(set, split, spec.leaks());
        FeatureMatrix features = timed(timings, "Features", () -> extract(model, set, monitor));
        Optional<KnnReport> knn = Optional.empty();
        List<KnnReport> baselines = new ArrayList<>();
        if (spec.tasks().contains(Task.KNN)) {
            KnnEvaluation evaluation = new KnnEvaluation(set, split, spec.knn(), spec.leaks());
            knn = Optional.of(
                    timed(timings, "Nearest neighbours", () -> evaluation.evaluate(title(model), features, monitor)));
            if (spec.baselines()) {
                timed(timings, "Baselines", () -> baselines.addAll(baselines(evaluation, model, set, monitor)));
            }
        }
        Optional<LogisticReport> logistic =
                optional(Task.LINEAR, timings, "Logistic regression", () -> new LogisticEvaluation(
                                set, split, spec.logistic(), spec.leaks())
                        .evaluate(title(model), features, monitor));
        Optional<ProbeReport> probe =
                optional(Task.PROBE, timings, "Linear probe", () -> probe(model, set, split, monitor));
        Optional<List<FewShot.Point>> fewShot =
                optional(Task.FEWSHOT, timings, "Few-shot curve", () -> FewShot.usual(spec.seed())
                        .curve(set, split, features, monitor));
        Optional<RetrievalReport> retrieval = optional(Task.RETRIEVAL, timings, "Retrieval", () -> Retrieval.usual()
                .measure(title(model), set, split, features, monitor));
        Map<String, FeatureStatistics> statistics = new LinkedHashMap<>();
        if (spec.tasks().contains(Task.STATISTICS)) {
            statistics.put(
                    spec.features().words(),
                    timed(timings, "Statistics", () -> FeatureStatistics.of(features, monitor)));
        }
        EvaluationResult result = new EvaluationResult(
                model.name(),
                set,
                split,
                leftOut,
                knn,
                baselines,
                logistic,
                probe,
                fewShot.orElse(List.of()),
                retrieval,
                statistics,
                folder);
        Files.createDirectories(folder);
        new EvaluationFiles(spec, result, model.network(), timings).write(provenance.ended(), monitor);
        return result;
    }

    private Split split(LabelledSet set) {
        boolean marked = set.images().stream().noneMatch(image -> image.split().isEmpty());
        boolean given = spec.split() == EvaluationSpec.SplitRule.GIVEN
                || spec.split() == EvaluationSpec.SplitRule.AUTO && marked;
        return given ? Split.given(set) : Split.grouped(set, spec.testFraction(), spec.seed());
    }

    private FeatureMatrix extract(EvaluatedModel model, LabelledSet set, JobMonitor monitor) {
        return extractor(model).extract(set, spec.features(), monitor);
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
                    "untrained network, " + spec.features().words(),
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

    private String title(EvaluatedModel model) {
        Path name = Path.of(model.name()).getFileName();
        String kind = model.isBlackBox() ? "its vector" : spec.features().words();
        return (name == null ? model.name() : name.toString()) + ", " + kind;
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
