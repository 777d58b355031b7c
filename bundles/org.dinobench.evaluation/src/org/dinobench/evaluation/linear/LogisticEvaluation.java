package org.dinobench.evaluation.linear;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.data.FeatureMatrix;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.metrics.Bootstrap;
import org.dinobench.evaluation.metrics.ClassScores;
import org.dinobench.evaluation.metrics.Classification;

/** Measures features by logistic regression; the strength is chosen without a look at the test part. */
public final class LogisticEvaluation {
    private final LabelledSet set;
    private final Split split;
    private final LeakCheck.Finding leak;
    private final LogisticSpec spec;

    /** Checks the split for leaks, as the nearest-neighbour evaluation does. */
    public LogisticEvaluation(LabelledSet set, Split split, LogisticSpec spec, LeakCheck.Policy policy) {
        this.set = set;
        this.split = split;
        this.spec = spec;
        this.leak = LeakCheck.check(set, split, policy);
    }

    /** @param features one row per image of the set, in its order */
    public LogisticReport evaluate(String name, FeatureMatrix features, JobMonitor monitor) {
        Fitted fitted = fit(features, monitor);
        return new LogisticReport(
                name,
                features.columns(),
                spec,
                split.description(),
                leak,
                fitted.path(),
                fitted.l2(),
                Classification.of(set, split, fitted.scores(), new Bootstrap(spec.resamples(), spec.seed())),
                fitted.scores());
    }

    /** The class probabilities alone, one row per test image. */
    public ClassScores scores(FeatureMatrix features, JobMonitor monitor) {
        return fit(features, monitor).scores();
    }

    private record Fitted(List<LogisticReport.Point> path, double l2, ClassScores scores) {}

    private Fitted fit(FeatureMatrix features, JobMonitor monitor) {
        List<LogisticReport.Point> path = crossValidate(features, monitor);
        int best = 0;
        for (int i = 1; i < path.size(); i++) {
            best = path.get(i).logLoss() < path.get(best).logLoss() ? i : best;
        }
        monitor.begin("Logistic regression", -1);
        int[] train = split.train();
        List<LinearModel> models = new LogisticRegression(spec.iterations(), spec.balanced())
                .path(
                        features.rows(train),
                        set.labels(train),
                        set.classes().size(),
                        spec.l2().subList(0, best + 1),
                        monitor);
        return new Fitted(path, spec.l2().get(best), models.get(best).probabilities(features.rows(split.test())));
    }

    /**
     * All folds go down the path of strengths side by side. The weakest strengths take the longest to fit, so the path
     * ends early when the held-out loss has risen twice in a row.
     */
    private List<LogisticReport.Point> crossValidate(FeatureMatrix features, JobMonitor monitor) {
        List<Fold> folds = Split.folds(set, split.train(), spec.folds(), spec.seed()).stream()
                .map(fold -> new Fold(fold, features))
                .toList();
        monitor.begin("Cross-validation", spec.l2().size());
        List<LogisticReport.Point> path = new ArrayList<>();
        int rises = 0;
        for (double l2 : spec.l2()) {
            List<double[]> measured =
                    folds.parallelStream().map(fold -> fold.next(l2, monitor)).toList();
            double loss = measured.stream().mapToDouble(m -> m[0]).sum() / split.train().length;
            double right = measured.stream().mapToDouble(m -> m[1]).sum() / split.train().length;
            rises = !path.isEmpty() && loss > path.get(path.size() - 1).logLoss() ? rises + 1 : 0;
            path.add(new LogisticReport.Point(l2, loss, right));
            monitor.worked(1);
            if (rises == 2) {
                break;
            }
        }
        return path;
    }

    /** One fold on its way down the path. */
    private final class Fold {
        private final LogisticPath path;
        private final FeatureMatrix held;
        private final int[] truth;

        Fold(Split fold, FeatureMatrix features) {
            path = new LogisticPath(
                    features.rows(fold.train()),
                    set.labels(fold.train()),
                    set.classes().size(),
                    spec.balanced(),
                    spec.iterations());
            held = features.rows(fold.test());
            truth = set.labels(fold.test());
        }

        /** Summed loss and number of right predictions on the held-out images. */
        double[] next(double l2, JobMonitor monitor) {
            ClassScores scores = path.next(l2, monitor).probabilities(held);
            int[] best = scores.best();
            double[] measured = new double[2];
            for (int i = 0; i < truth.length; i++) {
                measured[0] -= Math.log(Math.max(scores.at(i, truth[i]), 1e-12));
                measured[1] += best[i] == truth[i] ? 1 : 0;
            }
            return measured;
        }
    }
}
