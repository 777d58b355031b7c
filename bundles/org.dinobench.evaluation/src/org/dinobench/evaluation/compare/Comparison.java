package org.dinobench.evaluation.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.evaluation.EvaluatedModel;
import org.dinobench.evaluation.OpenedModel;
import org.dinobench.evaluation.data.CopySearch;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.ManifestSet;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.features.FeatureExtractor;
import org.dinobench.evaluation.features.PixelFeatures;
import org.dinobench.evaluation.features.UntrainedNetwork;
import org.dinobench.evaluation.internal.ComparisonFiles;
import org.dinobench.evaluation.knn.ExactSearch;
import org.dinobench.evaluation.knn.KnnClassifier;
import org.dinobench.evaluation.linear.LogisticEvaluation;
import org.dinobench.evaluation.metrics.Bootstrap;
import org.dinobench.evaluation.metrics.Interval;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.torch.Torch;

/**
 * Measures several models, raw pixels and an untrained network on the same images with the same splits, by nearest
 * neighbours and by logistic regression, and says of each pair how much they differ and how sure that is. With folds
 * every image is a test image once, which narrows the intervals. Writes {@code comparison.json}, {@code comparison.html},
 * {@code comparison.md}, {@code predictions.csv} and {@code provenance.json}.
 */
public final class Comparison {
    private final ComparisonSpec spec;

    /** @param spec how models are compared */
    public Comparison(ComparisonSpec spec) {
        this.spec = spec;
    }

    /**
     * Compares models.
     *
     * @param models what each is called and where it lies; at least one
     * @param manifest {@code manifest.csv} with labels
     * @param folder receives the files; made when it does not exist
     * @throws org.dinobench.core.problem.BadInputException when a model, the manifest or the split cannot be used
     */
    public ComparisonReport run(Map<String, Path> models, Path manifest, Path folder, JobMonitor monitor)
            throws IOException {
        LabelledSet images = ManifestSet.read(manifest, monitor);
        List<Provenance.Input> inputs = new ArrayList<>();
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("libtorch", Torch.version());
        inputs.add(Provenance.Input.of("manifest", manifest));
        for (Map.Entry<String, Path> model : models.entrySet()) {
            // all are opened once before anything that takes long
            try (OpenedModel opened = OpenedModel.open(model.getValue(), spec.size())) {
                inputs.add(Provenance.Input.of(model.getKey(), opened.source()));
            }
        }
        Provenance provenance =
                Provenance.begin("compare", inputs, spec.toString(), OptionalLong.of(spec.seed()), versions);
        Optional<CopySearch.Finding> copies = spec.copies().map(search -> search.of(images, monitor));
        LabelledSet joined =
                copies.map(found -> images.withCopies(found.pairs())).orElse(images);
        LabelledSet set = spec.leaveOutRare() ? joined.withoutRareClasses(2) : joined;
        set.requireUnits(2);
        List<Split> splits = splits(set);
        LeakCheck.Finding leak = LeakCheck.check(set, splits.get(0), spec.leaks());
        int[] pooled = splits.stream().flatMapToInt(s -> IntStream.of(s.test())).toArray();
        Pool pool = new Pool(set, splits, pooled);
        Map<String, FeatureMatrix> features = features(models, set, monitor);
        Map<String, Called> called = new LinkedHashMap<>();
        for (Map.Entry<String, FeatureMatrix> row : features.entrySet()) {
            called.put(row.getKey(), classify(row.getValue(), set, splits, monitor));
        }
        ComparisonReport report = report(images, pool, leak, copies, features, called, monitor);
        Files.createDirectories(folder);
        ComparisonFiles files = new ComparisonFiles(report, folder);
        Map<String, int[]> predictions = new LinkedHashMap<>();
        called.forEach((name, c) -> {
            predictions.put("k-NN, " + name, c.knn());
            predictions.put("linear, " + name, c.linear());
        });
        files.write(set, pooled, predictions, provenance.ended());
        return report;
    }

    private record Pool(LabelledSet set, List<Split> splits, int[] test) {}

    /** Predicted classes of the pooled test images. */
    private record Called(int[] knn, int[] linear) {}

    private List<Split> splits(LabelledSet set) {
        return switch (spec.folds()) {
            case 0 -> List.of(Split.given(set));
            case 1 -> List.of(Split.grouped(set, 0.2, spec.seed()));
            default -> Split.folds(set, IntStream.range(0, set.size()).toArray(), spec.folds(), spec.seed());
        };
    }

    private Map<String, FeatureMatrix> features(Map<String, Path> models, LabelledSet set, JobMonitor monitor)
            throws IOException {
        Map<String, FeatureMatrix> features = new LinkedHashMap<>();
        if (spec.baselines()) {
            PixelFeatures pixels = new PixelFeatures(16);
            features.put(pixels.words(), pixels.extract(set, monitor));
        }
        Map<String, FeatureMatrix> ofModels = new LinkedHashMap<>();
        for (Map.Entry<String, Path> model : models.entrySet()) {
            try (OpenedModel opened = OpenedModel.open(model.getValue(), spec.size())) {
                if (spec.baselines() && ofModels.isEmpty() && !opened.model().isBlackBox()) {
                    features.put(
                            "untrained, in the shape of " + model.getKey(),
                            untrained(opened.model(), opened.transform(), set, monitor));
                }
                ofModels.put(model.getKey(), extract(opened.model(), opened.transform(), set, monitor));
            }
        }
        features.putAll(ofModels);
        return features;
    }

    private FeatureMatrix untrained(EvaluatedModel like, EvalTransform transform, LabelledSet set, JobMonitor monitor) {
        try (UntrainedNetwork untrained = new UntrainedNetwork(like.network().config(), spec.seed())) {
            return extract(new EvaluatedModel("untrained", untrained.network()), transform, set, monitor);
        }
    }

    private FeatureMatrix extract(EvaluatedModel model, EvalTransform transform, LabelledSet set, JobMonitor monitor) {
        return FeatureExtractor.of(model, transform, spec.batchSize(), spec.workers())
                .withViews(spec.views())
                .extract(set, spec.features(), monitor);
    }

    private Called classify(FeatureMatrix features, LabelledSet set, List<Split> splits, JobMonitor monitor) {
        List<int[]> knn = new ArrayList<>();
        List<int[]> linear = new ArrayList<>();
        for (Split split : splits) {
            List<KnnClassifier.Votes> votes = new KnnClassifier(spec.knn(), new ExactSearch())
                    .classify(
                            features.rows(split.train()),
                            set.labels(split.train()),
                            set.classes().size(),
                            features.rows(split.test()),
                            monitor);
            KnnClassifier.Votes chosen = votes.get(0);
            for (KnnClassifier.Votes v : votes) {
                chosen = v.k() <= spec.knn().primary() ? v : chosen;
            }
            knn.add(chosen.predicted());
            linear.add(new LogisticEvaluation(set, split, spec.logistic(), spec.leaks())
                    .scores(features, monitor)
                    .best());
        }
        return new Called(joined(knn), joined(linear));
    }

    private String method() {
        return "Features of models: " + spec.features().words() + spec.views().words()
                + (spec.size() == 0 ? "" : ", of " + spec.size() + " pixels") + ". Nearest neighbours: "
                + spec.knn().scaling().words() + ", k " + spec.knn().primary() + ".";
    }

    private static int[] joined(List<int[]> parts) {
        return parts.stream().flatMapToInt(IntStream::of).toArray();
    }

    private ComparisonReport report(
            LabelledSet images,
            Pool pool,
            LeakCheck.Finding leak,
            Optional<CopySearch.Finding> copies,
            Map<String, FeatureMatrix> features,
            Map<String, Called> called,
            JobMonitor monitor) {
        LabelledSet set = pool.set();
        PooledPredictions pooled =
                new PooledPredictions(set.classes(), set.labels(pool.test()), set.units(pool.test()));
        Bootstrap bootstrap = new Bootstrap(spec.resamples(), spec.seed());
        List<ComparisonReport.Row> rows = new ArrayList<>();
        List<ComparisonReport.Difference> differences = new ArrayList<>();
        List<String> names = List.copyOf(called.keySet());
        monitor.begin("Confidence intervals", names.size());
        for (int i = 0; i < names.size(); i++) {
            monitor.checkStopped();
            Called own = called.get(names.get(i));
            rows.add(new ComparisonReport.Row(
                    names.get(i),
                    features.get(names.get(i)).columns(),
                    pooled.measures(own.knn(), bootstrap),
                    pooled.measures(own.linear(), bootstrap)));
            for (int j = 0; j < i; j++) {
                Called other = called.get(names.get(j));
                List<Interval> knn = pooled.differences(own.knn(), other.knn(), bootstrap);
                List<Interval> linear = pooled.differences(own.linear(), other.linear(), bootstrap);
                differences.add(new ComparisonReport.Difference(
                        names.get(i), names.get(j), knn.get(0), knn.get(1), linear.get(0), linear.get(1)));
            }
            monitor.worked(1);
        }
        String split = pool.splits().size() == 1
                ? pool.splits().get(0).description()
                : pool.splits().size() + " grouped folds, seed " + spec.seed() + ", test parts pooled";
        return new ComparisonReport(
                set.name(),
                set.size(),
                set.classes(),
                images.classes().stream()
                        .filter(name -> !set.classes().contains(name))
                        .toList(),
                split,
                method(),
                pool.test().length,
                leak,
                copies,
                rows,
                differences);
    }
}
