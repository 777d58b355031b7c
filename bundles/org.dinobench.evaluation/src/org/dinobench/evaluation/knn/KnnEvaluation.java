package org.dinobench.evaluation.knn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.metrics.Bootstrap;
import org.dinobench.evaluation.metrics.Classification;
import org.dinobench.evaluation.metrics.ConfusionMatrix;

/**
 * Measures features of a labelled set by nearest neighbours. The same object measures a model and its baselines, so
 * that they share split and rules.
 */
public final class KnnEvaluation {
    private final LabelledSet set;
    private final Split split;
    private final LeakCheck.Finding leak;
    private final KnnSpec spec;

    /**
     * Checks the split for leaks.
     *
     * @throws org.dinobench.core.problem.BadInputException when there is one and {@code policy} refuses it
     */
    public KnnEvaluation(LabelledSet set, Split split, KnnSpec spec, LeakCheck.Policy policy) {
        this.set = set;
        this.split = split;
        this.spec = spec;
        this.leak = LeakCheck.check(set, split, policy);
    }

    /**
     * @param name what the features are, for reports
     * @param features one row per image of the set, in its order
     */
    public KnnReport evaluate(String name, FeatureMatrix features, JobMonitor monitor) {
        if (features.rows() != set.size()) {
            throw new IllegalArgumentException(features.rows() + " feature vectors for " + set.size() + " images");
        }
        int[] train = split.train();
        int[] test = split.test();
        int[] truth = set.labels(test);
        KnnClassifier classifier = new KnnClassifier(spec, new ExactSearch());
        List<KnnClassifier.Votes> votes = classifier.classify(
                features.rows(train), set.labels(train), set.classes().size(), features.rows(test), monitor);
        List<KnnReport.ByK> byK = new ArrayList<>();
        KnnClassifier.Votes primary = votes.get(0);
        for (KnnClassifier.Votes v : votes) {
            ConfusionMatrix confusion = ConfusionMatrix.of(set.classes(), truth, v.predicted());
            byK.add(new KnnReport.ByK(v.k(), confusion.accuracy(), confusion.balancedAccuracy()));
            primary = v.k() <= spec.primary() ? v : primary;
        }
        monitor.begin("Confidence intervals", -1);
        Classification details = Classification.of(
                set, split, primary.scores(), primary.predicted(), new Bootstrap(spec.resamples(), spec.seed()));
        return new KnnReport(
                name,
                features.columns(),
                spec,
                split.description(),
                train.length,
                test.length,
                leak,
                byK,
                spec.k().stream().filter(k -> k > train.length).toList(),
                details,
                primary.k(),
                new KnnReport.Predictions(boxed(test), boxed(primary.predicted()), primary.scores()));
    }

    private static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
